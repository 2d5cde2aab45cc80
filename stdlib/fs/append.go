package fs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type appendArgs struct {
	Path string `chaos:"path" doc:"the file; a link is followed; a new one gets mode 0644" effect:"write"`
	Text string `chaos:"text" doc:"what is put behind its end, as it is: a line needs its own newline"`
}

// appendState needs no copy of the file: what the action puts there is known.
type appendState struct {
	Before saved    `json:"before"`
	Text   *content `json:"text"`
	// At is where the text came to stand: behind the end of before, where
	// somebody else was quicker.
	At *int64 `json:"at,omitempty"`
}

func appendFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.append",
		Summary: "Puts a text behind the end of a file, or into a new one.",
		Doc: `The text is written in one go, also where a service writes to the file at the same time.

Undo takes the text away again while it still is the end of the file. Where more was written behind it, the file is
left as it is, and the undo fails and says so.`,
		Example: `action noise = fs.append("/var/log/shop.log", "FATAL out of luck\n") undo`,
	}, runAppend, stdlib.Inverse[appendArgs, appendState]{
		Does:    "takes the text away again",
		Version: 1,
		Capture: func(ctx context.Context, env *stdlib.Env, a appendArgs) (appendState, error) {
			var s appendState
			var err error
			if s.Text, err = keep(ctx, env, strings.NewReader(a.Text), inState); err != nil {
				return s, err
			}
			s.Before, err = captureFile(ctx, env, "append to", a.Path, func(now saved) int64 { return now.Size })
			return s, err
		},
		Restore: func(ctx context.Context, env *stdlib.Env, s appendState) error {
			before := s.before()
			after, err := s.appended(ctx, env, before)
			if err != nil {
				return err
			}
			return putBack(ctx, env, before, after)
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s appendState) ([]stdlib.Difference, error) {
			return compare(ctx, env, s.before())
		},
	})
}

func runAppend(ctx context.Context, env *stdlib.Env, a appendArgs, s *appendState) (stdlib.None, error) {
	path := s.Before.Path
	if ctx.Err() != nil {
		return stdlib.None{}, context.Cause(ctx)
	}
	if s.Before.Kind == none {
		return stdlib.None{}, create(ctx, env, path, newFileMode, strings.NewReader(a.Text), nil)
	}
	f, err := env.Files.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return stdlib.None{}, cannot("append to", path, err)
	}
	n, err := f.WriteString(a.Text)
	if end, seekErr := f.Seek(0, io.SeekCurrent); seekErr == nil && end >= int64(n) {
		at := end - int64(n)
		s.At = &at
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return stdlib.None{}, cannot("append to", path, err)
	}
	return stdlib.None{}, nil
}

// before is the file as it was right before the text came.
func (s *appendState) before() saved {
	b := s.Before
	if s.At != nil && *s.At > b.Size {
		b.From, b.Size = *s.At, *s.At
	}
	return b
}

// appended returns the digest of what stands where the text was appended:
// the text, a part of it where the action was stopped, or nothing. Anything
// else is an error.
func (s *appendState) appended(ctx context.Context, env *stdlib.Env, before saved) (digest, error) {
	now, err := look(env, before.Path)
	if err != nil || before.Kind != file || now.Kind != file || now.Size <= before.From {
		return s.Text.digest, err
	}
	f, err := env.Files.Open(before.Path)
	if err != nil {
		return digest{}, cannot("read", before.Path, err)
	}
	defer f.Close()
	text, err := s.Text.open(env)
	if err != nil {
		return digest{}, err
	}
	defer text.Close()
	ours, err := isPrefix(section(f, before.From), stdlib.ContextReader(ctx, text))
	if err != nil {
		return digest{}, cannot("read", before.Path, err)
	}
	if !ours {
		return digest{}, fmt.Errorf("somebody else has written to %s since the text was appended at byte %d: left as it is",
			before.Path, before.From)
	}
	return digestOf(ctx, env, before.Path, before.From)
}

// isPrefix reports whether all of a stands at the beginning of b.
func isPrefix(a, b io.Reader) (bool, error) {
	inA, inB := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, errA := io.ReadFull(a, inA)
		m, errB := io.ReadFull(b, inB)
		for _, err := range []error{errA, errB} {
			if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
				return false, err
			}
		}
		if n > m || !bytes.Equal(inA[:n], inB[:n]) {
			return false, nil
		}
		if errA != nil {
			return true, nil
		}
	}
}
