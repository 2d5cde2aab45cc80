package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the release; the build may set it: -ldflags "-X main.version=…".
var version = ""

// versionText returns the release, or what the Go tool knows of the module.
func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Long:    "Print the version of chaosc, the Go release it was built with, and the platform.",
		Example: "  chaosc version",
		Args:    noArguments,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintf(a.out, "chaosc %s (%s %s/%s)\n", versionText(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
