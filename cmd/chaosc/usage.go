package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaosc-lang/chaosc/lang/diag"
)

// exactlyOneFile refuses anything but one argument, in words.
func exactlyOneFile(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return fmt.Errorf("%s needs a file; `chaosc init` writes a first one", cmd.Name())
	case len(args) > 1:
		return fmt.Errorf("%s takes one file, not %d; the flags of `chaosc %s --help` say what else there is",
			cmd.Name(), len(args), cmd.Name())
	}
	return nil
}

// atMostOne allows one argument, or none.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("%s takes one argument at most, not %d", cmd.Name(), len(args))
	}
	return nil
}

// noArguments refuses arguments of a command that has no commands below it.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments, not %q", cmd.Name(), args[0])
	}
	return nil
}

// oneOf checks a flag that takes one of a few words; empty means not given.
func oneOf(flag, given string, words []string) error {
	for _, w := range words {
		if given == w || given == "" {
			return nil
		}
	}
	if near, ok := diag.Nearest(given, words); ok {
		return fmt.Errorf("--%s: unknown value %q; did you mean %s?", flag, given, near)
	}
	last := len(words) - 1
	return fmt.Errorf("--%s: unknown value %q; it is %s or %s", flag, given, strings.Join(words[:last], ", "), words[last])
}

// explainUsage makes an error of the command line end with what to write: the
// nearest command or flag, else where help is.
func explainUsage(err error, root *cobra.Command, args []string) string {
	msg := err.Error()
	cmd, _, findErr := root.Find(args)
	if findErr != nil || cmd == nil {
		cmd = root
	}
	if rest, ok := strings.CutPrefix(msg, "unknown command "); ok {
		return unknownCommand(cmd, strings.Trim(strings.SplitN(rest, " for ", 2)[0], `"`))
	}
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return fmt.Sprintf("--%s is true or false, not %q", invalid.GetFlag().Name, invalid.GetValue())
	}
	return msg
}

func unknownCommand(cmd *cobra.Command, word string) string {
	if !cmd.HasSubCommands() { // help
		cmd = cmd.Root()
	}
	if plain, err := strconv.Unquote(`"` + word + `"`); err == nil {
		word = plain
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near, ok := diag.Nearest(word, names); ok {
		return fmt.Sprintf("unknown command %q; did you mean `%s %s`?", word, cmd.CommandPath(), near)
	}
	return fmt.Sprintf("unknown command %q; `%s --help` lists the commands", word, cmd.CommandPath())
}

func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) string {
	name := unknown.GetSpecifiedName()
	flag := "--" + name
	if unknown.GetSpecifiedShortnames() != "" {
		flag = "-" + name
	}
	var names []string
	collect := func(f *pflag.Flag) { names = append(names, f.Name) }
	cmd.Flags().VisitAll(collect)
	cmd.InheritedFlags().VisitAll(collect)
	if near, ok := diag.Nearest(name, names); ok && len(name) > 1 {
		return fmt.Sprintf("unknown flag %s; did you mean --%s?", flag, near)
	}
	return fmt.Sprintf("unknown flag %s; `%s --help` lists the flags", flag, cmd.CommandPath())
}
