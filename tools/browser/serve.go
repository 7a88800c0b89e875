package browser

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Serve starts a JupyterLab with what the checkout has set up, on a folder of
// notebooks, and returns its address.
func Serve(checkout, root string) (address string, stop func(), err error) {
	if checkout, err = filepath.Abs(checkout); err != nil {
		return "", nil, err
	}
	settings := filepath.Join(root, ".settings")
	quiet := filepath.Join(settings, "@jupyterlab", "apputils-extension", "notification.jupyterlab-settings")
	if err := os.MkdirAll(filepath.Dir(quiet), 0o755); err != nil {
		return "", nil, err
	}
	if err := os.WriteFile(quiet, []byte(`{"fetchNews": "false", "checkForUpdates": false}`), 0o644); err != nil {
		return "", nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	address = "http://" + l.Addr().String()
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command(filepath.Join(checkout, ".descent", "bin", "lab"), "run", "--", "python", "-m", "jupyterlab", "--no-browser", "--allow-root",
		fmt.Sprintf("--ServerApp.port=%d", port), "--IdentityProvider.token=", "--ServerApp.root_dir="+root,
		"--LabApp.user_settings_dir="+settings, "--LabApp.workspaces_dir="+filepath.Join(root, ".workspaces"))
	cmd.Dir = checkout
	log, err := os.Create(filepath.Join(root, ".log"))
	if err != nil {
		return "", nil, err
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("%w (make setup installs what is needed)", err)
	}
	stop = func() { // it ends its kernels first
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	}
	for range 200 {
		if r, err := http.Get(address + "/api"); err == nil {
			r.Body.Close()
			return address, stop, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	cmd.Process.Kill()
	said, _ := os.ReadFile(log.Name())
	return "", nil, fmt.Errorf("JupyterLab did not start:\n%s", said)
}
