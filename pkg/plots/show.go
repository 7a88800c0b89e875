package plots

import (
	"encoding/gob"
	"fmt"
	"os"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"descent/pkg/lang"
	"descent/pkg/plots/internal/typeset"
)

// Show displays the figure in the notebook cell that runs, with its caption
// below. Outside of a notebook it says on stderr what to do instead. A figure
// that cannot be drawn prints why.
func (f *Figure) Show() {
	image, height, err := f.png()
	if err != nil {
		fmt.Println(err)
		return
	}
	show(image, height, f.describes(), f.says(), "figure.png")
}

// show displays a picture with its caption, or says that the file can be saved
// instead.
func show(image []byte, height int, alt, caption, file string) {
	display(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{protocol.MIMEImagePNG: image, protocol.MIMETextPlain: alt},
		Metadata: map[string]any{string(protocol.MIMEImagePNG): map[string]any{
			"width": int(width), "height": height, "alt": alt,
		}},
	}, caption, file)
}

func display(data *protocol.DisplayData, caption, file string) {
	if !gonbui.IsNotebook {
		fmt.Fprintf(os.Stderr, lang.Pick(
			"plots: 노트북 밖에서는 Show로 그림을 볼 수 없습니다. Save(%q)로 파일에 저장하세요.\n",
			"plots: Show needs a notebook; write the figure to a file with Save(%q).\n"), file)
		return
	}
	gob.Register(map[string]any{})
	gob.Register([]any{})
	drainStdout()
	gonbui.SendData(data)
	italic := lang.Pick("", "*") // Hangul has no italics, a browser would only slant it
	gonbui.DisplayMarkdown("<small>" + italic + escapeMarkdown(caption) + italic + "</small>")
	gonbui.Sync()
}

func escapeMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "$", `\$`, "<", "&lt;", ">", "&gt;",
		"[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`).Replace(typeset.Together.Replace(s))
}
