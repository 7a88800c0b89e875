#!/bin/sh
# Removes, from what was set up, what neither compiling a cell nor JupyterLab reads; run in the checkout. What
# changes an entry of the build cache (sources, their times) comes before that cache is made.
set -eu
go=$(go env GOROOT)
python=$(echo .descent/venv/lib/python3*/site-packages)
run() { .descent/bin/lab run -- "$@"; }

# Go: the standard library and the tools that build.
(cd "$go" && rm -rf api doc misc test src/cmd pkg/tool/*/cover pkg/tool/*/preprofile pkg/tool/*/fix pkg/tool/*/cgo)
# Modules: those that cells link. Of the others the go.mod stays, which `go get` reads.
run go list -e -deps -f '{{with .Module}}{{.Dir}}{{end}}' ./pkg/... github.com/janpfeifer/gonb/gonbui/... | sort -u >/tmp/used
find .descent/gomod -name '*@*' -type d -prune | while read -r dir; do
  case $dir in */cache/*) continue ;; esac
  texts=licenses/${dir#.descent/gomod/}
  mkdir -p "$texts" # of modules in our programs, too
  find "$dir" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) -exec cp {} "$texts" \;
  grep -qxF "$PWD/$dir" /tmp/used || rm -rf "$dir"
done
find .descent/gomod/cache \( -name '*.zip' -o -name '*.lock' \) -exec rm {} +
rm -rf .descent/gomod/github.com/janpfeifer/gonb*/docs .descent/gomod/github.com/janpfeifer/gonb*/examples .descent/gomod/cache/vcs
find "$go/src" .descent/gomod \( -name testdata -o -name '*_test.go' \) -prune -exec rm -rf {} +
find .descent/gomod -type d -empty -delete
chmod -R g+w .descent/gomod # where a student asks for another module

# Python: its kernel, which is not offered, and what installs, tests or debugs.
"$python/../../../bin/python" -m pip uninstall -q -y --root-user-action ignore debugpy jedi parso setuptools pip
rm -rf .descent/venv/share/jupyterhub/static/components .descent/venv/share/jupyter/kernels \
  "$python/jupyterlab/galata" "$python/sqlalchemy/testing" .descent/venv/share/jupyter/lab/staging
find .descent/venv \( -name '*.map' -o -name tests -path '*/site-packages/*' \) -prune -exec rm -rf {} +
rm -rf .descent/gocache .descent/stamps/warm .descent/log
find "$go" .descent/gomod go.mod go.sum pkg -exec touch -h -d 2026-01-01 {} + # layers keep whole seconds
