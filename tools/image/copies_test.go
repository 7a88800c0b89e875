package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile("../../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestBinder holds the image to what Binder asks of one: a user 1000 who owns
// HOME, an entry that passes its command on, and a python3 that finds
// JupyterLab. Binder prefers the files of a folder binder to the Dockerfile.
func TestBinder(t *testing.T) {
	image := text(t, "Dockerfile")
	for _, dir := range []string{"binder", ".binder"} {
		if _, err := os.Stat("../../" + dir); err == nil {
			t.Errorf("Binder would build what %s says, not the Dockerfile", dir)
		}
	}
	for _, want := range []string{"USER 1000", "HOME=/home/jovyan", "PATH=/opt/descent/.descent/venv/bin:", `ENTRYPOINT ["tini", "-g", "--", "start.sh"]`} {
		if !strings.Contains(image, want) {
			t.Errorf("the Dockerfile lacks %s", want)
		}
	}
}

// TestDevcontainer holds the devcontainer to what is there; its properties are
// those of the specification's schema.
func TestDevcontainer(t *testing.T) {
	var d struct {
		Build      struct{ Dockerfile, Context string }
		RemoteUser string
		Env        map[string]string `json:"containerEnv"`
	}
	if err := json.Unmarshal([]byte(text(t, ".devcontainer/devcontainer.json")), &d); err != nil {
		t.Fatal(err)
	}
	text(t, ".devcontainer/"+d.Build.Dockerfile)
	if d.RemoteUser != "jovyan" || d.Build.Context != ".." {
		t.Errorf("%+v", d)
	}
	if path := os.Getenv("DEVCONTAINER_SCHEMA"); path != "" { // devContainer.base.schema.json of the specification
		schema, err := jsonschema.NewCompiler().Compile(path)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text(t, ".devcontainer/devcontainer.json")))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
	}
}

// TestVersions: what is named in two places is one version.
func TestVersions(t *testing.T) {
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(text(t, "go.mod"))[1]
	if !strings.Contains(text(t, "Dockerfile"), "golang:"+goVersion+"-") {
		t.Errorf("the Dockerfile does not build with Go %s of go.mod", goVersion)
	}
	pinned := regexp.MustCompile(`(?m)^([a-z0-9-]+)==([\w.]+)`)
	course := map[string]string{}
	for _, m := range pinned.FindAllStringSubmatch(text(t, "tools/requirements.txt"), -1) {
		course[m[1]] = m[2]
	}
	image := map[string]string{}
	for _, m := range pinned.FindAllStringSubmatch(text(t, "tools/image.txt"), -1) {
		image[m[1]] = m[2]
		if have := course[m[1]]; have != "" && have != m[2] {
			t.Errorf("%s is %s in image.txt and %s in requirements.txt", m[1], m[2], have)
		}
	}
	hub := regexp.MustCompile(`jupyterhub:(\d+)\.`).FindStringSubmatch(text(t, "docker/jupyterhub/Dockerfile"))[1]
	if !strings.HasPrefix(image["jupyterhub"], hub+".") {
		t.Errorf("the students' servers are of JupyterHub %s, the hub is %s", image["jupyterhub"], hub)
	}
}
