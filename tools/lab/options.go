package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"descent/pkg/lang"
)

// locale returns "ko" or "en": COURSE_LANG where it names one of them, else
// the language of the locale.
func locale(getenv func(string) string) string {
	for _, name := range []string{"COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		v := getenv(name)
		if name == "COURSE_LANG" && v != "ko" && v != "en" {
			continue
		}
		if v != "" {
			if strings.HasPrefix(strings.ToLower(v), "ko") {
				return "ko"
			}
			break
		}
	}
	return "en"
}

// options is what the user chose for one start.
type options struct {
	lang   string // "ko" or "en"
	lesson string // file name of the lesson that opens; empty while there are none
	port   int    // 0: the first free one from 8888
	open   bool   // in a browser
}

// readOptions reads LESSON, COURSE_LANG, PORT and OPEN.
func readOptions(getenv func(string) string, notebooks string) (options, error) {
	o := options{lang: locale(getenv), open: getenv("OPEN") != "0"}
	if v := getenv("COURSE_LANG"); v != "" && v != "ko" && v != "en" {
		return o, say("COURSE_LANG=%s: 이 강의는 ko와 en으로 되어 있습니다.",
			"COURSE_LANG=%s: the course is written in ko and en.", v)
	}
	lessons, err := lessonFiles(filepath.Join(notebooks, o.lang))
	if err != nil {
		return o, err
	}
	if o.lesson, err = pickLesson(lessons, getenv("LESSON")); err != nil {
		return o, err
	}
	if v := getenv("PORT"); v != "" {
		o.port, err = strconv.Atoi(v)
		if err != nil || o.port < 1 || o.port > 65535 {
			return o, say("PORT=%s: 1에서 65535까지의 수여야 합니다.", "PORT=%s: must be a number from 1 to 65535.", v)
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", o.port))
		if err != nil {
			return o, say("PORT=%d: 다른 프로그램이 쓰고 있거나 허용되지 않은 포트입니다. 다른 수를 주거나 PORT를 빼세요.",
				"PORT=%d: in use by another program, or not allowed. Choose another one, or leave PORT out.", o.port)
		}
		l.Close()
	}
	return o, nil
}

var lessonName = regexp.MustCompile(`^[0-9]{2}_.*\.ipynb$`)

// lessonFiles returns the names of the lessons in dir, in order.
func lessonFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if lessonName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// pickLesson returns the lesson that want names by its number, such as 1 or
// 01, or by its name; the first one if want is empty.
func pickLesson(lessons []string, want string) (string, error) {
	if want == "" {
		if len(lessons) == 0 {
			return "", nil
		}
		return lessons[0], nil
	}
	number := want
	if len(number) == 1 {
		number = "0" + number
	}
	var numbers []string
	for _, name := range lessons {
		if name[:2] == number || name == want || strings.TrimSuffix(name, ".ipynb") == want {
			return name, nil
		}
		numbers = append(numbers, name[:2])
	}
	return "", say("LESSON=%s: 그런 강의가 없습니다. 있는 강의: %s",
		"LESSON=%s: there is no such lesson. The lessons are %s.", want, strings.Join(numbers, " "))
}

// say returns an error that tells the user, in their language, what is wrong
// and what to do.
func say(ko, en string, args ...any) error {
	return problem(fmt.Sprintf(lang.Pick(ko, en), args...))
}

// problem is an error that needs no further explanation.
type problem string

func (p problem) Error() string { return string(p) }
