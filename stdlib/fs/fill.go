package fs

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

type fillArgs struct {
	Path  string         `chaos:"path" doc:"a folder of the file system" effect:"write"`
	Size  *value.Size    `chaos:"size,named" doc:"take so much"`
	Until *value.Percent `chaos:"until,named" doc:"take what is needed for the file system to be full to that degree, as the column Use% of df"`
	Leave *value.Size    `chaos:"leave,named" doc:"take all but so much of what is free"`
}

// fillState is the undo of fs.fill.
type fillState struct {
	Filler string `json:"filler"` // path of the file that takes the room
	Size   int64  `json:"size"`
}

// fillResult is what fs.fill gives.
type fillResult struct {
	Path string     `chaos:"path" doc:"the file that takes the room; empty where none was needed"`
	Size value.Size `chaos:"size" doc:"how much it takes"`
	Free value.Size `chaos:"free" doc:"what is free then, as fs.free has it"`
}

func fillFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.fill",
		Summary: "Takes room on a file system, by a file in a folder.",
		Doc: `Exactly one of size, until and leave says how much; where so much is taken already, nothing is done. The file takes
real blocks: they are reserved where the system can do that, and else written. Fails, and takes nothing, where not so
much is free for ordinary users, and where the file system turns out to be full before, as by a quota.

The file carries the id of the run in its hidden name. Undo removes it.`,
		Example: `action full-disk = fs.fill("/srv/shop", until: 95%) undo`,
		// fs.free says where it is known what is free.
		Platforms: []string{"linux", "darwin", "windows"},
	}, runFill, stdlib.Inverse[fillArgs, fillState]{
		Does:    "removes the file that takes the room",
		Version: 1,
		Capture: captureFill,
		Restore: func(_ context.Context, env *stdlib.Env, s fillState) error {
			return remove(env, s.Filler)
		},
		Verify: func(ctx context.Context, env *stdlib.Env, s fillState) ([]stdlib.Difference, error) {
			return compare(ctx, env, saved{Path: s.Filler, Kind: none})
		},
	})
}

func captureFill(_ context.Context, env *stdlib.Env, a fillArgs) (fillState, error) {
	var s fillState
	path, err := abs(env, a.Path)
	if err == nil {
		err = notable(path)
	}
	if err != nil {
		return s, cannot("fill", a.Path, err)
	}
	info, err := env.Files.Stat(path)
	if err != nil {
		return s, cannot("fill", a.Path, err)
	}
	if !info.IsDir() {
		return s, fmt.Errorf("cannot fill %s: it is no folder", a.Path)
	}
	space, err := env.Files.Space(path)
	if err != nil {
		return s, cannot("look at the file system of", a.Path, err)
	}
	if s.Size, err = a.need(space); err != nil {
		return s, err
	}
	if s.Size > space.Available {
		return s, fmt.Errorf("cannot fill %s with %s: only %s are free", a.Path,
			value.Literal(value.Size(s.Size)), value.Literal(value.Size(space.Available)))
	}
	s.Filler = filepath.Join(path, fmt.Sprintf(".chaosc-%s-fill-%08x", env.RunID, rand.Uint32()))
	return s, nil
}

// need returns how many bytes are to be taken.
func (a fillArgs) need(space stdlib.Space) (int64, error) {
	var given []string
	need := int64(0)
	if a.Size != nil {
		given, need = append(given, "size"), int64(*a.Size)
		if need < 0 {
			return 0, fmt.Errorf("cannot take %s: the size is negative", value.Literal(*a.Size))
		}
	}
	if a.Until != nil {
		if *a.Until < 0 || *a.Until > 100 {
			return 0, fmt.Errorf("a file system cannot be %s full", value.Literal(*a.Until))
		}
		used := space.Total - space.Free
		given, need = append(given, "until"), int64(float64(*a.Until)/100*float64(used+space.Available))-used
	}
	if a.Leave != nil {
		if *a.Leave < 0 {
			return 0, fmt.Errorf("cannot leave %s: the size is negative", value.Literal(*a.Leave))
		}
		given, need = append(given, "leave"), space.Available-int64(*a.Leave)
	}
	switch len(given) {
	case 0:
		return 0, errors.New("fs.fill needs one of size, until and leave")
	case 1:
		return max(need, 0), nil
	}
	return 0, fmt.Errorf("fs.fill takes only one of %s", strings.Join(given, " and "))
}

func runFill(ctx context.Context, env *stdlib.Env, a fillArgs, s *fillState) (fillResult, error) {
	var r fillResult
	if s.Size > 0 {
		if err := takeRoom(ctx, env, s.Filler, s.Size); err != nil {
			return r, fmt.Errorf("cannot fill %s with %s: %w", a.Path, value.Literal(value.Size(s.Size)), err)
		}
		r.Path, r.Size = s.Filler, value.Size(s.Size)
	}
	space, err := env.Files.Space(filepath.Dir(s.Filler))
	if err != nil {
		return r, cannot("look at the file system of", a.Path, err)
	}
	r.Free = value.Size(space.Available)
	return r, nil
}

// takeRoom makes a file of that many real blocks; or none.
func takeRoom(ctx context.Context, env *stdlib.Env, path string, size int64) error {
	f, err := env.Files.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return bare(err)
	}
	err = reserve(ctx, f, size)
	if errors.Is(err, errors.ErrUnsupported) {
		err = writeNoise(ctx, f, size)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if isFull(err) {
		err = fmt.Errorf("the file system, or a quota on it, is full before that: %w", bare(err))
	}
	if err != nil {
		return errors.Join(bare(err), remove(env, path))
	}
	return nil
}

// writeNoise writes bytes that no file system can compress.
func writeNoise(ctx context.Context, f *os.File, size int64) error {
	noise := rand.NewChaCha8([32]byte{})
	buf := make([]byte, 1<<20)
	for at := int64(0); at < size; at += int64(len(buf)) {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		buf = buf[:min(int64(len(buf)), size-at)]
		if _, err := noise.Read(buf); err != nil {
			return err
		}
		if _, err := f.WriteAt(buf, at); err != nil {
			return err
		}
	}
	return nil
}
