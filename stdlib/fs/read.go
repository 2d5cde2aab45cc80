package fs

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type readArgs struct {
	Path string     `chaos:"path" doc:"the file; a link is followed" effect:"read"`
	Max  value.Size `chaos:"max,named" doc:"how much of it is read at most; at most 64MiB" default:"1MiB"`
}

// readLimit is the largest max of fs.read: what is read stands in memory.
const readLimit = 64 << 20

func readFunc() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "fs.read",
		Kind:    types.Probe,
		Summary: "Reads a text file.",
		Doc: `The text is UTF-8; bytes that are none become U+FFFD. A file longer than max is cut there. Both are said by a
warning in the log. Fails for anything that is not a regular file, since that could block for ever.`,
		Example: `probe exchange-data = fs.read("exchange.dat", max: 64KiB)
    expect it contains "Exchange"`,
	}, func(ctx context.Context, env *stdlib.Env, a readArgs) (string, error) {
		if a.Max < 0 || a.Max > readLimit {
			return "", fmt.Errorf("max is %s, and must be from 0B to %s", value.Literal(a.Max), value.Literal(value.Size(readLimit)))
		}
		f, err := openRegular(env, a.Path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(stdlib.ContextReader(ctx, f), int64(a.Max)+1))
		if err != nil {
			return "", cannot("read", a.Path, err)
		}
		if len(b) > int(a.Max) {
			warn(env, "%s is longer than %s and was cut there", a.Path, value.Literal(a.Max))
			b = cutRune(b[:a.Max])
		}
		text := string(b)
		if !utf8.ValidString(text) {
			warn(env, "%s is not UTF-8 throughout; other bytes were replaced by U+FFFD", a.Path)
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		return text, nil
	})
}

// openRegular opens a file for reading, unless it is something that can keep
// who reads it waiting.
func openRegular(env *stdlib.Env, path string) (*os.File, error) {
	info, err := env.Files.Stat(path)
	if err != nil {
		return nil, cannot("read", path, err)
	}
	if k := kindOf(info.Mode()); k != file {
		return nil, fmt.Errorf("cannot read %s: it is %s", path, k.with())
	}
	f, err := env.Files.Open(path)
	if err != nil {
		return nil, cannot("read", path, err)
	}
	return f, nil
}

// cutRune drops a character at the end that the cut left incomplete.
func cutRune(b []byte) []byte {
	for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return b[:i]
			}
			break
		}
	}
	return b
}
