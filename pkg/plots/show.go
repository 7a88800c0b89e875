package plots

import (
	"encoding/gob"
	"fmt"
	"os"
	"strings"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"descent/pkg/lang"
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
	if !gonbui.IsNotebook {
		fmt.Fprintln(os.Stderr, lang.Pick(
			`plots: 노트북 밖에서는 Show로 그림을 볼 수 없습니다. Save("figure.png")로 파일에 저장하세요.`,
			`plots: Show needs a notebook; write the figure to a file with Save("figure.png").`))
		return
	}
	gob.Register(map[string]any{})
	drainStdout()
	alt := f.Alt()
	gonbui.SendData(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{protocol.MIMEImagePNG: image, protocol.MIMETextPlain: alt},
		Metadata: map[string]any{string(protocol.MIMEImagePNG): map[string]any{
			"width": int(width), "height": height, "alt": alt,
		}},
	})
	gonbui.DisplayMarkdown("<small>*" + escapeMarkdown(f.Caption()) + "*</small>")
	gonbui.Sync()
}

func escapeMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "$", `\$`, "<", "&lt;", ">", "&gt;",
		"[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`).Replace(s)
}
