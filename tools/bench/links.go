package bench

import (
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// checkLinks holds links inside the course to resolve, and each lesson to name
// its pair and its neighbours in its first cell.
func checkLinks(c *Course) (found []problem) {
	for _, l := range c.Lessons {
		for _, nb := range l.notebooks() {
			anchors := headingAnchors(nb)
			for _, cell := range nb.Cells {
				if !cell.markdown() {
					continue
				}
				text := codeRE.ReplaceAllString(fenceRE.ReplaceAllString(string(cell.Source), ""), "")
				for _, m := range imageRE.FindAllStringSubmatch(text, -1) {
					if m[1] == "" {
						found = append(found, nb.problem(cell, "has an image without alt text: %s", m[2]))
					}
				}
				for _, id := range mentionRE.FindAllString(proseOnly(text), -1) {
					if !c.Table.has(id) {
						found = append(found, nb.problem(cell, "mentions %s, which the document does not have", id))
					}
				}
				for _, m := range paperRE.FindAllString(text, -1) {
					if !paperOK.MatchString(m) {
						found = append(found, nb.problem(cell, "has the reference %s, which is no DOI or arXiv number", m))
					}
				}
				for _, m := range linkRE.FindAllStringSubmatch(text, -1) {
					if !resolves(nb, m[2], anchors) {
						found = append(found, nb.problem(cell, "links to %s, which is not there", m[2]))
					}
				}
			}
			want := []string{other(nb.Lang) + "/" + l.Name + ".ipynb"}
			i := slices.Index(c.Names, l.Name) // -1 where the Korean one is missing
			if i > 0 {
				want = append(want, c.Names[i-1]+".ipynb")
			}
			if i >= 0 && i+1 < len(c.Names) {
				want = append(want, c.Names[i+1]+".ipynb")
			}
			for _, w := range want {
				if !strings.Contains(string(nb.Cells[0].Source), w+")") {
					found = append(found, nb.problem(nb.Cells[0], "has no link to %s", w))
				}
			}
		}
	}
	return found
}

// References to the document's formulas and claims, to sayings, and to papers.
var (
	mentionRE = regexp.MustCompile(`\b[CFS]\d\d\b`)
	paperRE   = regexp.MustCompile(`(?:doi:|arXiv:|https://doi\.org/|https://arxiv\.org/)[^\s)\]>,;]*`)
	paperOK   = regexp.MustCompile(`^(?:doi:|https://doi\.org/)10\.\d{4,9}/\S*\w$|^(?:arXiv:|https://arxiv\.org/(?:abs|pdf)/)(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?\.?$`)
)

func (t Table) has(id string) bool {
	return slices.ContainsFunc(t.Formulas, func(f Formula) bool { return f.ID == id }) ||
		slices.ContainsFunc(t.all(), func(c Claim) bool { return c.ID == id })
}

func other(lang string) string {
	if lang == "ko" {
		return "en"
	}
	return "ko"
}

// resolves reports whether a link leads somewhere: a file beside the notebook,
// a heading in it, or a well-formed address elsewhere.
func resolves(nb *Notebook, link string, anchors []string) bool {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return false
	case u.Scheme != "":
		return u.Scheme == "https" && strings.Contains(u.Host, ".")
	case u.Path == "":
		return slices.Contains(anchors, u.Fragment)
	}
	return exists(filepath.Join(filepath.Dir(nb.Path), u.Path))
}

// headingAnchors are those that JupyterLab makes: spaces become hyphens.
func headingAnchors(nb *Notebook) (anchors []string) {
	for _, c := range nb.Cells {
		for _, m := range headingRE.FindAllStringSubmatch(string(c.Source), -1) {
			anchors = append(anchors, strings.ReplaceAll(m[2], " ", "-"))
		}
	}
	return anchors
}
