package main

import (
	"io"
	"unicode/utf8"
)

// copyRunes copies src to dst until it ends, in chunks that do not end within
// a character. Bytes that are no UTF-8 pass unchanged.
func copyRunes(dst io.Writer, src io.Reader) error {
	buf := make([]byte, 32<<10)
	held := 0 // bytes at the start of buf that begin a character
	for {
		n, err := src.Read(buf[held:])
		n += held
		held = 0
		if err == nil {
			held = unfinished(buf[:n])
		}
		if n > held {
			if _, err := dst.Write(buf[:n-held]); err != nil {
				return err
			}
		}
		copy(buf, buf[n-held:n])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// unfinished returns how many bytes at the end of b begin a character that
// more bytes could complete.
func unfinished(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return i
		}
	}
	return 0
}
