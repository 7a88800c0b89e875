package bench

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Table is claims.json: what of the document the lessons must hold.
type Table struct {
	Formulas []Formula
	Claims   []Claim
	Sayings  []Claim // of books and papers, for lessons of which the document says nothing
}

// Formula is a displayed line of the document.
type Formula struct {
	ID, Lesson string
	Tex        string // between the dollar signs, verbatim
}

// Claim is a sentence of the document or, with From, of someone else.
type Claim struct {
	ID, Lesson string
	KO         string // verbatim
	EN         string // translation; empty if the sentence is English
	From       Source // empty for the document
	Verdict    string // a key of verdicts; empty until the lesson exists
	Cited      bool   // may have a citation in place of a measuring cell
}

// Source names in each language where a sentence stands.
type Source struct{ KO, EN string }

// all returns the document's claims and the sayings.
func (t Table) all() []Claim { return slices.Concat(t.Claims, t.Sayings) }

// quote is the line with which a lesson quotes the claim.
func (c Claim) quote(lang string) string {
	if lang == "en" {
		return "> “" + c.KO + "” (" + or(c.From.EN, "document") + ", " + c.ID + ")"
	}
	return "> “" + c.KO + "” (" + or(c.From.KO, "문서") + " " + c.ID + ")"
}

// verdicts are the kinds of verdict and how each language opens them.
var verdicts = map[string]struct{ ko, en *regexp.Regexp }{
	"holds":                   {regexp.MustCompile(`^성립합니다`), regexp.MustCompile(`^holds[.:]?$`)},
	"holds when":              {regexp.MustCompile(`.성립합니다`), regexp.MustCompile(`^holds .`)},
	"does not hold":           {regexp.MustCompile(`성립하지 않습니다`), regexp.MustCompile(`does not hold`)},
	"within noise":            {regexp.MustCompile(`시드의 범위 안`), regexp.MustCompile(`^within noise`)},
	"cannot be measured here": {regexp.MustCompile(`잴 수 없습니다`), regexp.MustCompile(`^cannot be measured`)},
}

func (c *Course) readTable() error {
	b, err := os.ReadFile(filepath.Join(c.Dir, "claims.json"))
	if err != nil {
		return err
	}
	return json.Unmarshal(b, &c.Table)
}

// checkFormulas holds the document's formulas to stand verbatim, each on a
// line of its own.
func checkFormulas(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		for _, f := range c.Table.Formulas {
			if f.Lesson != nb.number() {
				continue
			}
			want, nearest, common := "$$"+f.Tex+"$$", (*Cell)(nil), 0
			got := "none"
			for _, cell := range nb.Cells {
				for _, line := range cell.lines() {
					if n := commonPrefix(line, want) + commonSuffix(line, want); cell.markdown() && strings.HasPrefix(line, "$$") && n > common {
						nearest, common, got = cell, n, line
					}
				}
			}
			if got != want {
				found = append(found, nb.problem(nearest, "%s does not stand verbatim: want %s, nearest is %s", f.ID, want, got))
			}
		}
	}
	return found
}

func commonPrefix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// checkClaims holds each claim of a lesson to be quoted, asked, measured with
// hidden outputs, and judged in a fold, in this order.
func checkClaims(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		for _, claim := range c.Table.all() {
			if claim.Lesson == nb.number() {
				found = append(found, checkClaim(nb, claim)...)
			}
		}
	}
	return found
}

func checkClaim(nb *Notebook, claim Claim) (found []problem) {
	report := func(c *Cell, format string, args ...any) {
		found = append(found, nb.problem(c, claim.ID+" "+format, args...))
	}
	last := -1
	for _, part := range []string{"claim", "prediction", "measure", "verdict"} {
		i := slices.IndexFunc(nb.Cells, func(c *Cell) bool { return c.tagged(part, claim.ID) })
		switch {
		case i < 0 && part == "measure" && claim.Cited:
		case i < 0:
			report(nil, "has no cell tagged %s", part)
		case i < last:
			report(nb.Cells[i], "has its %s before what comes first", part)
		default:
			last = i
		}
	}
	if verdict := nb.cell("verdict", claim.ID); verdict != nil && nb.cell("measure", claim.ID) == nil && !sourceRE.MatchString(string(verdict.Source)) {
		report(verdict, "is not measured, and its verdict names no source")
	}
	for _, cell := range nb.Cells {
		switch {
		case cell.tagged("claim", claim.ID):
			if quote := claim.quote(nb.Lang); !slices.Contains(cell.lines(), quote) {
				report(cell, "is not quoted verbatim: want the line %s", quote)
			}
			if nb.Lang == "en" && !strings.Contains(string(cell.Source), claim.EN) {
				report(cell, "lacks its translation: %s", claim.EN)
			}
		case cell.tagged("measure", claim.ID):
			if !cell.code() || len(cell.Outputs) == 0 || !cell.Metadata.Jupyter.Hidden {
				report(cell, "needs a measuring cell with stored outputs, hidden (jupyter.outputs_hidden)")
			}
		case cell.tagged("verdict", claim.ID):
			found = append(found, checkVerdict(nb, cell, claim)...)
		}
	}
	return found
}

var (
	verdictRE = regexp.MustCompile(`\*\*(?:판정|Verdict): (.*?)\*\*`)
	foldRE    = regexp.MustCompile(`(?s)^\s*<details>\s*<summary>.+?</summary>\s*\n\s*\n(.*)\n\s*</details>\s*$`)
)

func checkVerdict(nb *Notebook, cell *Cell, claim Claim) (found []problem) {
	if !foldRE.MatchString(string(cell.Source)) {
		found = append(found, nb.problem(cell, "%s has a verdict that is not folded: <details><summary>…</summary>, empty line, text, </details>", claim.ID))
	}
	m := verdictRE.FindStringSubmatch(string(cell.Source))
	if m == nil {
		return append(found, nb.problem(cell, "%s has no **판정: …** or **Verdict: …**", claim.ID))
	}
	kind, ok := verdicts[claim.Verdict]
	if !ok {
		return append(found, nb.problem(cell, "%s needs its verdict in claims.json: one of %q", claim.ID, keys(verdicts)))
	}
	opening := kind.ko
	if nb.Lang == "en" {
		opening = kind.en
	}
	if !opening.MatchString(m[1]) {
		found = append(found, nb.problem(cell, "%s: claims.json says %q, the lesson %q", claim.ID, claim.Verdict, m[1]))
	}
	return found
}

// claimOf returns the id of the claim that the cell is tagged with, or "".
func claimOf(c *Cell) string {
	for _, t := range c.Metadata.Tags {
		if claimRE.MatchString(t) {
			return t
		}
	}
	return ""
}

var (
	claimRE  = regexp.MustCompile(`^[CS]\d\d$`)
	sourceRE = regexp.MustCompile(`\]\(https://|\bdoi:10\.|\barXiv:\d`)
)
