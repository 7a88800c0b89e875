//go:build !amd64

package mlp

func fastest() gemmFunc { return gemmGo }
