"""One server for a class: each student has a container of the course, with limits that hold.

Who may log in stands in students.txt, a name a line, a lecturer's with a * before it. At the first login each
chooses a password. With a login of your school's own, replace the authenticator.
"""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821
data = Path(os.environ.get("HUB_DATA", "/srv/jupyterhub/data"))

names = [n.strip() for n in Path(os.environ.get("STUDENTS", "/srv/jupyterhub/students.txt")).read_text().split("\n") if n.strip()]
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(data / "passwords.dbm")
c.FirstUseAuthenticator.create_users = False
c.Authenticator.allowed_users = {n.removeprefix("*") for n in names}
c.Authenticator.admin_users = {n.removeprefix("*") for n in names if n.startswith("*")}

# The proxy is a service of its own: while the hub restarts, students go on working.
c.JupyterHub.hub_ip = "0.0.0.0"
c.JupyterHub.hub_connect_ip = "hub"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = "http://proxy:8001"
c.JupyterHub.cleanup_servers = False
c.JupyterHub.db_url = f"sqlite:///{data}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(data / "cookie_secret")

c.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
c.DockerSpawner.image = os.environ.get("DESCENT_IMAGE", "descent")
c.DockerSpawner.cmd = ["jupyterhub-singleuser"]
c.DockerSpawner.network_name = os.environ.get("CLASS_NETWORK", "descent-class")
c.DockerSpawner.use_internal_ip = True
c.DockerSpawner.remove = True
c.DockerSpawner.volumes = {"descent-{username}": "/home/jovyan"}
c.DockerSpawner.extra_host_config = {
    "read_only": True,
    "tmpfs": {"/tmp": "exec,mode=1777,size=256m"},  # cells are programs, built there
    "memswap_limit": os.environ.get("STUDENT_MEMORY", "1G"),  # no more in swap
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges"],
    "pids_limit": 512,
}
c.Spawner.mem_limit = os.environ.get("STUDENT_MEMORY", "1G")
c.Spawner.cpu_limit = float(os.environ.get("STUDENT_CPUS", "2"))
c.Spawner.poll_interval = 10  # how soon a server that died is missed
c.Spawner.http_timeout = 120
c.Spawner.start_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 20  # the others are told when to try again

c.Spawner.options_form = """<label>언어 · Language
<select name="lang" class="form-control"><option value="ko">한국어</option><option value="en">English</option></select></label>"""
c.Spawner.options_from_form = lambda form: {"lang": form.get("lang", ["ko"])[0]}
c.Spawner.environment = {
    "COURSE_LANG": lambda spawner: "en" if spawner.user_options.get("lang") == "en" else "ko",
    "COURSE_GOPLS": os.environ.get("COURSE_GOPLS", "0"),
}

# Who has not touched the course for an hour gives the memory back; the files stay.
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"]}
]
