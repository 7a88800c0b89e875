"""Writes Jupyter's commands, which set-up removed since they named the folder where it made them.

A server's command ends where the server does. Left to itself, Python then waits without end for the threads in which
Jupyter saves and converts, whenever a server was stopped while one existed.
"""

import sys
from importlib.metadata import entry_points
from pathlib import Path

SERVERS = {"jupyter-lab", "jupyter-labhub", "jupyter-server", "jupyterhub-singleuser"}
PLAIN = """#!{python}
import sys
from {module} import {name}
sys.exit({call}())
"""
SERVER = """#!{python}
import atexit
import os
import sys
from {module} import {name}
try:
    code = {call}()
except SystemExit as e:
    code = e.code
if isinstance(code, str):
    print(code, file=sys.stderr)
atexit._run_exitfuncs()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code if isinstance(code, int) else int(code is not None))
"""

for e in entry_points(group="console_scripts"):
    if e.name.startswith("jupyter"):
        script = Path(sys.prefix, "bin", e.name)
        text = SERVER if e.name in SERVERS else PLAIN
        script.write_text(text.format(python=sys.executable, module=e.module, name=e.attr.split(".")[0], call=e.attr))
        script.chmod(0o755)
