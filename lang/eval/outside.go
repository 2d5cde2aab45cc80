package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// builtin evaluates env, file and reveal: what comes from outside of the
// source.
func builtin(ctx context.Context, e *program.Builtin, s Scope) (any, error) {
	if e.Func == program.Reveal {
		return Eval(ctx, e.Arg, s)
	}
	arg, err := Eval(ctx, e.Arg, s)
	if err != nil {
		return nil, err
	}
	name, ok := arg.(string)
	if !ok {
		return nil, &Error{At: e.Arg.Where(), Err: fmt.Errorf("wants a string, not %s", value.Describe(arg))}
	}
	if e.Func == program.File {
		data, err := s.ReadFile(name)
		if err != nil {
			return nil, &FileError{Name: name, Err: err}
		}
		return convert(string(data), fmt.Sprintf("the content of file %q", name), e, s)
	}
	text, ok, err := s.LookupEnv(name)
	switch {
	case err != nil:
		return nil, err
	case ok:
		return convert(text, "environment variable "+name, e, s)
	case e.Default != nil:
		v, err := fit(ctx, e.Default, e.T, s)
		return hide(v, e, s), err
	}
	return nil, &EnvError{Name: name}
}

// convert makes a value of the expression's type from a text from outside.
func convert(text, from string, e program.Expr, s Scope) (any, error) {
	t := e.Type()
	if t.Kind != types.String {
		text = strings.TrimSpace(text)
	}
	v, err := value.Parse(text, t)
	if err != nil {
		if t.Secret {
			err = fmt.Errorf("it is no %s", t)
		}
		return nil, &TextError{From: from, Type: t, Err: err}
	}
	return hide(v, e, s), nil
}

// EnvError says that a variable of the environment is not set.
type EnvError struct{ Name string }

func (e *EnvError) Error() string { return "environment variable " + e.Name + " is not set" }

// FileError says that a file could not be read.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string {
	err := e.Err
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the name is said already
	}
	return fmt.Sprintf("cannot read file %q: %v", e.Name, err)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// TextError says that a text from outside is not of the type that it must be.
type TextError struct {
	From string // "environment variable PORT"
	Type *types.Type
	Err  error
}

func (e *TextError) Error() string { return e.From + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *TextError) Unwrap() error { return e.Err }
