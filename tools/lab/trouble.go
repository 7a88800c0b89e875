package main

import (
	"regexp"
	"slices"

	"descent/pkg/lang"
)

// commandError is the failure of a command.
type commandError struct {
	error
	output string
}

type troubleText struct {
	pattern *regexp.Regexp
	ko, en  string
}

// troubles are the reasons for which a step fails on a sound course, as the
// commands word them; the first that matches counts.
var troubles = []troubleText{
	{regexp.MustCompile(`(?i)no space left on device|disk quota exceeded`),
		"디스크가 가득 찼습니다. 2 GB쯤 비우고 다시 실행하세요.",
		"The disk is full: free some 2 GB and run this again."},
	{regexp.MustCompile(`(?i)checksum mismatch|SECURITY ERROR|DO NOT MATCH THE HASHES|flate: corrupt|zip: (checksum error|not a valid zip file)`),
		// To pip before 25.1 a file that was cut off is one with another hash.
		"내려받은 것이 강의가 정해 둔 것과 다릅니다(해시 불일치). 받다가 끊겼을 수 있으니 다시 실행하고, 또 그러면 사용 중인 미러나 프록시를 의심하세요.",
		"A download is not what the course has pinned (its hash differs). It may have been cut off: run this again, and if that does not help, suspect your mirror or proxy."},
	{regexp.MustCompile(`module lookup disabled by GOPROXY=off`),
		"GOPROXY=off로 되어 있어 Go 모듈을 내려받지 못합니다. `go env GOPROXY`를 확인하고 다시 실행하세요.",
		"Go modules cannot be downloaded because GOPROXY is off: check `go env GOPROXY` and run this again."},
	{regexp.MustCompile(`(?i)not yet valid|certificate has expired`),
		"이 컴퓨터의 날짜가 틀린 것 같습니다(내려받을 곳의 인증서가 유효한 기간이 아닙니다). 날짜와 시간을 맞추고 다시 실행하세요.",
		"This computer's clock seems to be wrong (a certificate is outside its dates): set date and time, and run this again."},
	{regexp.MustCompile(`(?i)dial tcp|no such host|i/o timeout|connection (refused|reset|timed out)|name resolution|network is unreachable|TLS handshake|NewConnectionError|ReadTimeout|ConnectTimeout|ProxyError|proxyconnect|unexpected EOF|IncompleteRead|Connection broken|not enough bytes|Max retries exceeded|\b50[0-9] (Bad|Service|Gateway|Internal)|certificate|No matching distribution found`),
		"네트워크에 닿지 않아 내려받지 못했습니다. 인터넷 연결과 프록시 설정을 확인하고 다시 실행하면 이어서 합니다.",
		"The network cannot be reached to download what is missing: check the connection and your proxy settings; the same command then goes on from here."},
	{regexp.MustCompile(`(?i)permission denied|read-only file system|operation not permitted`),
		"쓸 수 없는 폴더가 있습니다. 권한을 고치고 다시 실행하세요.",
		"A folder is not writable: fix its permissions and run this again."},
}

// trouble returns the index in troubles of what text tells of, or -1.
func trouble(text string) int {
	return slices.IndexFunc(troubles, func(t troubleText) bool { return t.pattern.MatchString(text) })
}

// explain turns an error into one that says what to do, and where it is found
// in detail: in the log of a command, or in the error itself.
func explain(err error, log string) error {
	text, detail := err.Error(), " ("+err.Error()+")"
	switch e := err.(type) {
	case problem:
		return e
	case *commandError:
		text += "\n" + e.output
		detail = lang.Pick(" 기록: ", " Log: ") + log
	}
	if i := trouble(text); i >= 0 {
		return say(troubles[i].ko+"%s", troubles[i].en+"%s", detail)
	}
	return say("실패했습니다.%s", "This failed.%s", detail)
}
