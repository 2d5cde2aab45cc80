// Command chaosc checks, plans and runs chaos engineering experiments written
// in the .chaos language.
package main

import (
	"os"

	"github.com/chaosc-lang/chaosc/stdlib/process"
)

func main() {
	if process.WorkerMain() { // started by an action to put load on the machine
		return
	}
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
