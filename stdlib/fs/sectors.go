package fs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// Technique: damage by sectors. What is changed is kept sector by sector, so
// that a few bytes of a large file need no copy of it; and a sector is put
// back only while all of it is as the action left it, since a single byte that
// others have written can have the damaged value by chance.

const sectorSize = 512

// sector is a part of the file in which bytes are changed.
type sector struct {
	At    int64  `json:"at"`
	Was   []byte `json:"was"`
	Flips []flip `json:"flips"`
}

// flip is one changed byte.
type flip struct {
	Offset int64 `json:"offset"`
	Is     byte  `json:"is"`
}

// is returns the sector with its changes.
func (s *sector) is() []byte {
	b := slices.Clone(s.Was)
	for _, f := range s.Flips {
		b[f.Offset-s.At] = f.Is
	}
	return b
}

// mixed reports whether the sector holds nothing but its bytes of before and
// changes of the action, all of them or, where it was stopped, some.
func (s *sector) mixed(there []byte) bool {
	if len(there) != len(s.Was) {
		return false
	}
	is := s.is()
	for i, b := range there {
		if b != s.Was[i] && b != is[i] {
			return false
		}
	}
	return true
}

// read reads what stands in the sector now.
func (s *sector) read(f *os.File) ([]byte, error) {
	buf := make([]byte, len(s.Was))
	n, err := f.ReadAt(buf, s.At)
	if err == io.EOF {
		err = nil
	}
	return buf[:n], err
}

// keepSectors keeps the sectors in which bytes are to be changed.
func keepSectors(ctx context.Context, env *stdlib.Env, f *os.File, flips []flip) (*content, error) {
	var lines bytes.Buffer
	out := json.NewEncoder(&lines)
	return keep(ctx, env, readerFunc(func(p []byte) (int, error) {
		for lines.Len() == 0 {
			if len(flips) == 0 {
				return 0, io.EOF
			}
			sec := sector{At: flips[0].Offset / sectorSize * sectorSize}
			n := 1
			for n < len(flips) && flips[n].Offset < sec.At+sectorSize {
				n++
			}
			sec.Flips, flips = flips[:n], flips[n:]
			buf := make([]byte, sectorSize)
			got, err := f.ReadAt(buf, sec.At)
			if err != nil && err != io.EOF {
				return 0, err
			}
			sec.Was = buf[:got]
			for i := range sec.Flips {
				at := sec.Flips[i].Offset - sec.At
				if at >= int64(got) {
					return 0, fmt.Errorf("it became shorter while it was read")
				}
				sec.Flips[i].Is ^= sec.Was[at]
			}
			if err := out.Encode(sec); err != nil {
				return 0, err
			}
		}
		return lines.Read(p)
	}), inState)
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// eachSector calls f with each sector that keepSectors has kept.
func eachSector(ctx context.Context, env *stdlib.Env, sectors *content, f func(sec sector) error) error {
	r, err := sectors.open(env)
	if err != nil {
		return err
	}
	defer r.Close()
	in := json.NewDecoder(stdlib.ContextReader(ctx, r))
	for {
		var sec sector
		if err := in.Decode(&sec); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := f(sec); err != nil {
			return err
		}
	}
}
