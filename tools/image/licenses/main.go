// Licenses lists what is inside the image, with versions and licenses, in
// licenses.txt. It runs in the image while that is built.
//
//	licenses COURSE OUT
package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// part is one package inside the image.
type part struct{ kind, name, version, license string }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: licenses COURSE OUT")
	}
	course, out := os.Args[1], os.Args[2]
	parts := []part{
		{"course", "descent", "0.0.0", "MIT"},
		{"course", "descent lessons and figures", "0.0.0", "CC-BY-4.0"},
		{"course", "optdigits (E. Alpaydin, C. Kaynak)", "1998", "CC-BY-4.0"},
		{"course", "Noto Sans KR, subset", "2.004", "OFL-1.1"},
	}
	for _, list := range []func(string) ([]part, error){debian, golang, python, javascript} {
		more, err := list(course)
		if err != nil {
			log.Fatal("licenses: ", err)
		}
		parts = append(parts, more...)
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.name, b.name), cmp.Compare(a.version, b.version))
	})
	if err := write(slices.Compact(parts), out); err != nil {
		log.Fatal("licenses: ", err)
	}
}

// debian lists what dpkg has installed, with the licenses that each copyright
// file names where it is written to be read by programs.
func debian(string) (parts []part, err error) {
	status, err := os.ReadFile("/var/lib/dpkg/status")
	if err != nil {
		return nil, err
	}
	for entry := range strings.SplitSeq(string(status), "\n\n") {
		if name := field(entry, "Package"); name != "" && strings.HasSuffix(field(entry, "Status"), " installed") {
			text, _ := os.ReadFile(filepath.Join("/usr/share/doc", name, "copyright"))
			parts = append(parts, part{"deb", name, field(entry, "Version"), copyright(string(text))})
		}
	}
	return parts, nil
}

var licenseLine = regexp.MustCompile(`(?m)^License: *(\S.*?)\s*$`)

func copyright(text string) string {
	names := map[string]bool{}
	for _, m := range licenseLine.FindAllStringSubmatch(text, -1) {
		names[m[1]] = true
	}
	if len(names) == 0 {
		return detect([]byte(text))
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), ", ")
}

// golang lists the toolchain, the modules in the programs and those that cells
// link. slim.sh has gathered the texts of their licenses.
func golang(course string) (parts []part, err error) {
	seen := map[string]string{}
	for _, dir := range []string{"bin", "help"} {
		programs, err := os.ReadDir(filepath.Join(course, ".descent", dir))
		if err != nil {
			return nil, err
		}
		for _, p := range programs {
			info, err := buildinfo.ReadFile(filepath.Join(course, ".descent", dir, p.Name()))
			if err != nil {
				continue // a script
			}
			seen["go"] = info.GoVersion
			for _, m := range append(info.Deps, &info.Main) {
				if m.Version != "" && m.Version != "(devel)" {
					seen[m.Path+"@"+m.Version] = m.Version
				}
			}
		}
	}
	texts := filepath.Join(course, "licenses")
	err = filepath.WalkDir(texts, func(path string, d os.DirEntry, err error) error {
		if name, _ := filepath.Rel(texts, path); err == nil && d.IsDir() && strings.Contains(filepath.Base(path), "@") {
			seen[unescape(name)] = path[strings.LastIndex(path, "@")+1:]
		}
		return err
	})
	for id, version := range seen {
		if id == "go" {
			parts = append(parts, part{"golang", "go", version, "BSD-3-Clause"})
			continue
		}
		name, _, _ := strings.Cut(id, "@")
		var found []string
		files, _ := filepath.Glob(filepath.Join(texts, escape(id), "*"))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if license := detect(text); err == nil && license != "" && !slices.Contains(found, license) {
				found = append(found, license)
			}
		}
		parts = append(parts, part{"golang", name, version, strings.Join(found, ", ")})
	}
	return parts, err
}

var upper = regexp.MustCompile(`[A-Z]`)

// escape spells a module as the module cache does: !x for X.
func escape(s string) string {
	return upper.ReplaceAllStringFunc(s, func(c string) string { return "!" + strings.ToLower(c) })
}

func unescape(s string) string {
	return regexp.MustCompile(`![a-z]`).ReplaceAllStringFunc(s, func(c string) string { return strings.ToUpper(c[1:]) })
}

// detect names the licenses that a text holds.
func detect(text []byte) string {
	var names []string
	for _, m := range licensecheck.Scan(text).Match {
		if !m.IsURL && !slices.Contains(names, m.ID) {
			names = append(names, m.ID)
		}
	}
	return strings.Join(names, ", ")
}

// python lists the distributions of the environment, with the license that
// their metadata names, else the one that their license file is.
func python(course string) (parts []part, err error) {
	files, err := filepath.Glob(filepath.Join(course, ".descent/venv/lib/python3*/site-packages/*.dist-info/METADATA"))
	for _, file := range files {
		meta, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		head, _, _ := strings.Cut(string(meta), "\n\n")
		license := cmp.Or(field(head, "License-Expression"), field(head, "License"))
		if len(license) > 60 || strings.EqualFold(license, "UNKNOWN") || strings.Contains(license, " License file") {
			license = ""
		}
		texts, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "licenses", "*"))
		more, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "[LC]*[ECG]*"))
		for _, t := range append(texts, more...) {
			if text, err := os.ReadFile(t); err == nil && license == "" {
				license = detect(text)
			}
		}
		for line := range strings.Lines(head) {
			if c, ok := strings.CutPrefix(strings.TrimSpace(line), "Classifier: License :: OSI Approved :: "); ok && license == "" {
				license = c
			}
		}
		parts = append(parts, part{"pypi", field(head, "Name"), field(head, "Version"), license})
	}
	return parts, err
}

// javascript lists what JupyterLab says that its pages are made of.
func javascript(course string) (parts []part, err error) {
	files, err := filepath.Glob(filepath.Join(course, ".descent/venv/lib/python3*/site-packages/jupyterlab/static/third-party-licenses.json"))
	for _, file := range files {
		var list struct {
			Packages []struct{ Name, VersionInfo, LicenseID string }
		}
		b, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(b, &list)
		}
		if err != nil {
			return nil, err
		}
		for _, p := range list.Packages {
			parts = append(parts, part{"npm", p.Name, p.VersionInfo, p.LicenseID})
		}
	}
	return parts, err
}

// field returns the first line of that name in a list of fields.
func field(text, name string) string {
	for line := range strings.Lines(text) {
		if v, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func write(parts []part, out string) error {
	var b strings.Builder
	fmt.Fprintln(&b, "What is inside the image, from where, under which license. The texts: /opt/descent/licenses, /usr/share/doc/*/copyright, *.dist-info.")
	for _, p := range parts {
		fmt.Fprintf(&b, "%-7s %-50s %-40s %s\n", p.kind, p.name, p.version, cmp.Or(p.license, "see its files"))
	}
	return os.WriteFile(filepath.Join(out, "licenses.txt"), []byte(b.String()), 0o644)
}
