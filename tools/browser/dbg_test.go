package browser
import ("testing";"context";"fmt";"os")
func TestDbg(t *testing.T){
 root:=t.TempDir(); os.MkdirAll(root+"/ko",0o755)
 os.WriteFile(root+"/ko/a.ipynb",[]byte(`{"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"good $x$, bad $\\frac{x$, worse $\\nonsense{x}$, none $$x"}],"metadata":{"kernelspec":{"name":"descent","display_name":"Go","language":"go"}},"nbformat":4,"nbformat_minor":5}`),0o644)
 a,stop,err:=Serve("../..",root); if err!=nil {t.Fatal(err)}
 defer stop()
 b,err:=Start(context.Background()); if err!=nil {t.Fatal(err)}
 defer b.Close()
 p,err:=b.Open(a+"/lab/tree/ko/a.ipynb",1100,1000); if err!=nil {t.Fatal(err)}
 if err:=p.Ready("a.ipynb"); err!=nil {t.Fatal(err)}
 fmt.Println(p.until(1e9,"false"))
 fmt.Println(eval[string](p,`document.querySelector('.jp-RenderedMarkdown').innerHTML`))
 fmt.Println(p.See())
}
