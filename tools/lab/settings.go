package main

import (
	"path/filepath"
	"strings"
)

// configure writes the settings of JupyterLab. They hold absolute paths, and
// so are written at each start.
func (s *server) configure() error {
	locale := "en"
	if s.lang == "ko" {
		locale = "ko_KR"
	}
	for path, v := range map[string]any{
		s.own("jupyter_config.json"): object{
			"ServerApp": object{
				"ip":                "127.0.0.1",
				"root_dir":          s.home,
				"allow_root":        true,
				"use_redirect_file": false, // a browser may not read hidden folders
				"open_browser":      s.open,
			},
			"LanguageServerManager": object{"autodetect": false}, // it would run npm
			"KernelSpecManager":     object{"allowed_kernelspecs": []string{"descent"}, "ensure_native_kernel": false},
			"MultiKernelManager":    object{"default_kernel_name": "descent"},
			"KernelManager":         object{"shutdown_wait_time": 1.0},
			"LabApp": object{
				"extension_manager":       "readonly",
				"check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
				"news_url":                nil,
			},
			// File > Save and Export Notebook As > HTML
			"HTMLExporter": object{
				"extra_template_basedirs": []string{filepath.Join(s.root, "tools", "export")},
				"template_name":           "descent",
			},
		},
		s.own("labconfig", "default_setting_overrides.json"): object{
			"@jupyterlab/translation-extension:plugin":    object{"locale": locale},
			"@jupyterlab/apputils-extension:notification": object{"fetchNews": "false", "checkForUpdates": false},
		},
		s.own("labconfig", "page_config.json"): object{
			"disabledExtensions": object{
				"@jupyterlab/extensionmanager-extension":       true,
				"@jupyterlab/apputils-extension:announcements": true,
			},
		},
	} {
		if err := writeJSON(path, v); err != nil {
			return err
		}
	}
	return nil
}

type object map[string]any

// writeKernel writes the kernelspec of the course: GoNB, with the course's
// packages in its go.work.
func (c *course) writeKernel() error {
	env := map[string]string{
		"PATH":            strings.Join([]string{c.path("bin"), filepath.Join(c.goenv["GOROOT"], "bin"), "/usr/bin", "/bin"}, ":"),
		"GOPROXY":         "off",
		"GOWORK":          "", // GoNB makes its own
		"GOPLSCACHE":      c.path("goplscache"),
		"XDG_CONFIG_HOME": c.path("telemetry"),
	}
	for _, kv := range c.goSettings() {
		name, value, _ := strings.Cut(kv, "=")
		env[name] = value
	}
	if err := writeFile(c.path("telemetry", "go", "telemetry", "mode"), []byte("off\n")); err != nil {
		return err
	}
	return writeJSON(c.path("jupyter", "kernels", "descent", "kernel.json"), object{
		"argv":         []string{c.path("bin", "gonb"), "--kernel", "{connection_file}", "--logtostderr", "-go_work=" + c.root},
		"display_name": "Go (descent)",
		"language":     "go",
		"env":          env,
	})
}
