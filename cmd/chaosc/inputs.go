package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/hashicorp/go-envparse"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// inputFlags are the flags that say what an experiment is run with; run and
// plan have them.
type inputFlags struct {
	set      *pflag.FlagSet // knows which flags were given
	only     string
	vars     []string
	varFiles []string
}

func (f *inputFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.set = flags
	flags.StringVar(&f.only, "only", "", "take only the experiment of this `TITLE`")
	flags.StringArrayVar(&f.vars, "var", nil, "set a config entry, as `NAME=VALUE` (several times)")
	flags.StringArrayVar(&f.varFiles, "var-file", nil, "set config entries from a JSON or YAML `FILE`, or environment variables from an .env file (several times)")
	cmd.MarkFlagFilename("var-file", "json", "yaml", "yml", "env")
}

// pick returns the experiments of a file that --only asks for.
func (f *inputFlags) pick(prog *program.Program, path string) ([]*program.Experiment, error) {
	if len(prog.Experiments) == 0 {
		return nil, fmt.Errorf("there is no experiment in %q", path)
	}
	if !f.set.Changed("only") {
		return prog.Experiments, nil
	}
	var titles, quoted []string
	for _, e := range prog.Experiments {
		if e.Title == f.only {
			return []*program.Experiment{e}, nil
		}
		titles = append(titles, e.Title)
		quoted = append(quoted, strconv.Quote(e.Title))
	}
	if near, ok := diag.Nearest(f.only, titles); ok {
		return nil, fmt.Errorf("there is no experiment %q in %q; did you mean %q?", f.only, path, near)
	}
	return nil, fmt.Errorf("there is no experiment %q in %q; there is %s", f.only, path, strings.Join(quoted, ", "))
}

// inputs reads --var and --var-file. Later files win over earlier ones, and
// --var wins over files.
func (f *inputFlags) inputs() (interp.Inputs, error) {
	in := interp.Inputs{Vars: map[string]string{}, Values: map[string]any{}, LookupEnv: os.LookupEnv}
	for _, path := range f.varFiles {
		if err := readVarFile(path, in.Values); err != nil {
			return in, fmt.Errorf("--var-file %s", err)
		}
	}
	for _, v := range f.vars {
		name, text, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return in, fmt.Errorf("--var wants NAME=VALUE, not %q", v)
		}
		in.Vars[name] = text
	}
	return in, nil
}

// maxVarFile is the largest file of --var-file, in bytes.
const maxVarFile = 16 << 20

// readVarFile adds the entries of a file. The variables of an .env file go into
// the environment, where env() and started processes find them. Errors begin
// with the place.
func readVarFile(path string, into map[string]any) error {
	f, err := load.Disk(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, unwrapPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxVarFile+1))
	if err != nil {
		return fmt.Errorf("%s: %w", path, unwrapPath(err))
	}
	if len(data) > maxVarFile {
		return fmt.Errorf("%s: it is larger than %d MiB", path, maxVarFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var v any
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json":
		v, err = value.FromJSON(data)
	case ".yaml", ".yml":
		v, err = fromYAML(data)
	case ".env":
		err = readEnvFile(data)
		if err == nil {
			return nil
		}
	default:
		return fmt.Errorf("%s: unknown kind of file; it is .json, .yaml, .yml or .env", path)
	}
	if err != nil {
		return placed(path, data, err)
	}
	m, ok := v.(*value.Map)
	if !ok {
		return fmt.Errorf("%s: it holds a %s, not an object of names and values", path, value.KindOf(v))
	}
	for _, k := range m.Keys() {
		into[k], _ = m.Get(k)
	}
	return nil
}

// placed puts the place of a mistake before it, as far as the reader of the
// file tells it.
func placed(path string, data []byte, err error) error {
	var inJSON *jsontext.SyntacticError
	var inYAML *yamlError
	var inEnv *envparse.ParseError
	switch {
	case errors.As(err, &inJSON):
		before := data[:min(int64(len(data)), inJSON.ByteOffset)]
		line := bytes.Count(before, []byte("\n")) + 1
		column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		return fmt.Errorf("%s:%d:%d: %w", path, line, column, inJSON.Err)
	case errors.As(err, &inYAML) && inYAML.column > 0:
		return fmt.Errorf("%s:%d:%d: %w", path, inYAML.line, inYAML.column, err)
	case errors.As(err, &inYAML):
		return fmt.Errorf("%s:%d: %w", path, inYAML.line, err)
	case errors.As(err, &inEnv):
		return fmt.Errorf("%s:%d: %w", path, inEnv.Line, inEnv.Err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

func readEnvFile(data []byte) error {
	vars, err := envparse.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for name, text := range vars {
		if err := os.Setenv(name, text); err != nil {
			return fmt.Errorf("cannot set %s: %w", name, err)
		}
	}
	return nil
}
