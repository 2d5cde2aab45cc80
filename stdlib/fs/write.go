package fs

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
)

type writeArgs struct {
	Path string  `chaos:"path" doc:"the file; a link is followed" effect:"write"`
	Text string  `chaos:"text" doc:"what it holds then, as UTF-8"`
	Mode *string `chaos:"mode,named" doc:"permissions in octal, as \"0640\"; not given: \"0644\" for a new file, else as they are"`
}

// changeState is the undo of an action on the content of one file.
type changeState struct {
	Before saved `json:"before"`
	// After is what the action makes of the content, from Before.From on.
	After digest `json:"after"`
	// Mode is what the file gets where the action says so.
	Mode *uint32 `json:"mode,omitempty"`
}

const newFileMode = 0o644

func writeFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.write",
		Summary: "Writes a text to a file, new or there already.",
		Doc: `A file that is there is written in place: it keeps its owner, and its mode unless that is given, and a process that
has it open sees the text. A new one appears when it is whole. Fails for anything that is not a regular file.`,
		Example: `action bad-data = fs.write("exchange.dat", "not what you expect") undo`,
	}, runWrite, stdlib.Inverse[writeArgs, changeState]{
		Does:    "puts back the content of before, or removes the new file",
		Version: 1,
		Capture: func(ctx context.Context, env *stdlib.Env, a writeArgs) (changeState, error) {
			s := changeState{After: digestText(a.Text)}
			if a.Mode != nil {
				mode, err := parseMode(*a.Mode)
				if err != nil {
					return s, err
				}
				bits := toUnix(mode)
				s.Mode = &bits
			}
			var err error
			s.Before, err = captureFile(ctx, env, "write", a.Path, func(saved) int64 { return 0 })
			return s, err
		},
		Restore: restoreChange,
		Verify:  verifyChange,
	})
}

func runWrite(ctx context.Context, env *stdlib.Env, a writeArgs, s *changeState) (stdlib.None, error) {
	return stdlib.None{}, s.write(ctx, env, a.Text)
}

// write puts a text into the file from Before.From on.
func (s *changeState) write(ctx context.Context, env *stdlib.Env, text string) error {
	path := s.Before.Path
	if s.Before.Kind == none {
		mode := uint32(newFileMode)
		if s.Mode != nil {
			mode = *s.Mode
		}
		return create(ctx, env, path, mode, strings.NewReader(text), nil)
	}
	if err := rewrite(ctx, env, path, s.Before.From, strings.NewReader(text)); err != nil {
		return err
	}
	if s.Mode != nil {
		if err := env.Files.Chmod(path, fromUnix(*s.Mode)); err != nil {
			return cannot("change the mode of", path, err)
		}
	}
	return nil
}

// captureFile saves the regular file that an action is about to change, or
// that there is none, from the offset on that from says.
func captureFile(ctx context.Context, env *stdlib.Env, do, name string, from func(now saved) int64) (saved, error) {
	path, err := resolve(env, name)
	if err != nil {
		return saved{}, cannot(do, name, err)
	}
	if path, err = allow(env, path); err != nil {
		return saved{}, cannot(do, name, err)
	}
	now, err := look(env, path)
	if err != nil {
		return saved{}, err
	}
	switch now.Kind {
	case none:
		return now, nil
	case file:
		return save(ctx, env, path, from(now), inState)
	}
	return saved{}, fmt.Errorf("cannot %s %s: it is %s", do, name, now.Kind.with())
}

// restoreChange puts the file back. A mode that the action gave may keep its own
// undo out; where that leaves the file alone, it keeps the mode.
func restoreChange(ctx context.Context, env *stdlib.Env, s changeState) error {
	const readWrite = 0o600
	locked := false
	if s.Mode != nil && *s.Mode&readWrite != readWrite {
		now, err := look(env, s.Before.Path)
		locked = err == nil && now.Kind == file && now.Mode == *s.Mode
	}
	if !locked {
		return putBack(ctx, env, s.Before, s.After)
	}
	if err := env.Files.Chmod(s.Before.Path, fromUnix(*s.Mode|readWrite)); err != nil {
		return cannot("put back the mode of", s.Before.Path, err)
	}
	err := putBack(ctx, env, s.Before, s.After)
	if err != nil {
		err = errors.Join(err, env.Files.Chmod(s.Before.Path, fromUnix(*s.Mode)))
	}
	return err
}

func verifyChange(ctx context.Context, env *stdlib.Env, s changeState) ([]stdlib.Difference, error) {
	return compare(ctx, env, s.Before)
}
