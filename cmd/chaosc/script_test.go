package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/chaosc-lang/chaosc/stdlib/process"
)

// TestMain makes this test binary the command too, for the scripts and for the
// workers that some actions start.
func TestMain(m *testing.M) {
	if process.WorkerMain() {
		return
	}
	testscript.Main(m, map[string]func(){
		"chaosc": func() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts plays the command lines of testdata/script; each file says at
// its top what it shows. UPDATE_SCRIPTS=1 in the environment writes what they
// print into them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
	})
}
