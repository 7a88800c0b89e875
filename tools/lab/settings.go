package main

import (
	"path/filepath"
	"strings"
)

// configure writes the settings of this launch: they hold absolute paths.
func (s *server) configure() error {
	return writeSettings(s.root, s.own(), s.lang, "", object{
		"ip":                "127.0.0.1",
		"root_dir":          s.home,
		"allow_root":        true,
		"use_redirect_file": false, // a browser may not read hidden folders
		"open_browser":      s.open,
	})
}

// writeSettings writes the settings of JupyterLab in a language to dir, for the
// checkout root; page is the first that it shows, if it is to be the same at
// every launch.
func writeSettings(root, dir, lang, page string, serverApp object) error {
	locale := "en"
	if lang == "ko" {
		locale = "ko_KR"
	}
	labApp := object{
		"extension_manager":       "readonly",
		"check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
		"news_url":                nil,
	}
	if page != "" {
		serverApp["default_url"], labApp["default_url"] = page, page
	}
	for path, v := range map[string]any{
		"jupyter_config.json": object{
			"ServerApp":             serverApp,
			"LanguageServerManager": object{"autodetect": false}, // it would run npm
			"KernelSpecManager":     object{"allowed_kernelspecs": []string{"descent"}, "ensure_native_kernel": false},
			"MultiKernelManager":    object{"default_kernel_name": "descent"},
			"KernelManager":         object{"shutdown_wait_time": 1.0},
			"LabApp":                labApp,
			// File > Save and Export Notebook As > HTML
			"HTMLExporter": object{
				"extra_template_basedirs": []string{filepath.Join(root, "tools", "export")},
				"template_name":           "descent",
			},
		},
		"labconfig/default_setting_overrides.json": object{
			"@jupyterlab/translation-extension:plugin":    object{"locale": locale},
			"@jupyterlab/apputils-extension:notification": object{"fetchNews": "false", "checkForUpdates": false},
		},
		"labconfig/page_config.json": object{
			"disabledExtensions": object{
				"@jupyterlab/extensionmanager-extension":       true,
				"@jupyterlab/apputils-extension:announcements": true,
			},
		},
	} {
		if err := writeJSON(filepath.Join(dir, filepath.FromSlash(path)), v); err != nil {
			return err
		}
	}
	return nil
}

type object map[string]any

// writeKernel writes the kernelspec of the course: GoNB, with the course's
// packages in its go.work. What more says of its environment wins.
func (c *course) writeKernel(more ...string) error {
	env := map[string]string{}
	for _, kv := range append(append([]string{
		"PATH=" + strings.Join([]string{c.path("bin"), filepath.Join(c.goenv["GOROOT"], "bin"), "/usr/bin", "/bin"}, ":"),
		"GOPROXY=off",
		"GOWORK=", // GoNB makes its own
		"GOPLSCACHE=" + c.path("goplscache"),
		"XDG_CONFIG_HOME=" + c.path("telemetry"),
	}, c.goSettings()...), more...) {
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
