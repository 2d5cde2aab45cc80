package fs

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/chaosc-lang/chaosc/stdlib"
)

// attributeState is the undo of an action on the mode or the owner of a path.
type attributeState struct {
	Before saved  `json:"before"` // without content
	After  string `json:"after"`  // what the action sets, as it is shown
}

type chmodArgs struct {
	Path string `chaos:"path" doc:"the file or folder; a link is followed" effect:"write"`
	Mode string `chaos:"mode" doc:"permissions in octal, as \"0400\" or \"4755\""`
}

func chmodFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.chmod",
		Summary: "Changes the permissions of a file or folder.",
		Doc: `A process that runs as an administrator is not kept from anything by permissions, and one that has the file open
goes on with it.`,
		Example: `action read-only = fs.chmod("exchange.dat", "0400") undo`,
	}, func(ctx context.Context, env *stdlib.Env, a chmodArgs, s *attributeState) (stdlib.None, error) {
		mode, err := parseMode(a.Mode)
		if err == nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return stdlib.None{}, err
		}
		if err := env.Files.Chmod(s.Before.Path, mode); err != nil {
			return stdlib.None{}, cannot("change the mode of", a.Path, err)
		}
		return stdlib.None{}, nil
	}, stdlib.Inverse[chmodArgs, attributeState]{
		Does:    "puts back the mode",
		Version: 1,
		Capture: func(_ context.Context, env *stdlib.Env, a chmodArgs) (attributeState, error) {
			mode, err := parseMode(a.Mode)
			if err != nil {
				return attributeState{}, err
			}
			before, err := captureAttributes(env, "change the mode of", a.Path)
			return attributeState{before, formatMode(toUnix(mode))}, err
		},
		Restore: func(_ context.Context, env *stdlib.Env, s attributeState) error {
			now, err := s.check(env, "mode", showMode)
			if err != nil || now.Mode == s.Before.Mode {
				return err
			}
			return putMode(env, s.Before)
		},
		Verify: func(_ context.Context, env *stdlib.Env, s attributeState) ([]stdlib.Difference, error) {
			return s.verify(env, "mode", showMode)
		},
	})
}

type chownArgs struct {
	Path string `chaos:"path" doc:"the file or folder; a link is followed" effect:"write"`
	UID  *int   `chaos:"uid,named" doc:"number of the user; not given: as it is"`
	GID  *int   `chaos:"gid,named" doc:"number of the group; not given: as it is"`
}

func chownFunc() *stdlib.Function {
	return stdlib.DefineAction(stdlib.Spec{
		Name:    "fs.chown",
		Summary: "Changes the owner of a file or folder, its group or both.",
		Doc: `Another user can only be set by an administrator. The system may take setuid and setgid bits away; undo puts them
back.`,
		Example:   `action foreign = fs.chown("/srv/shop/pg/PG_VERSION", uid: 65534, gid: 65534) undo`,
		Platforms: []string{"linux", "darwin"},
	}, func(ctx context.Context, env *stdlib.Env, a chownArgs, s *attributeState) (stdlib.None, error) {
		if ctx.Err() != nil {
			return stdlib.None{}, context.Cause(ctx)
		}
		to := a.owner(s.Before)
		if err := env.Files.Chown(s.Before.Path, to.UID, to.GID); err != nil {
			return stdlib.None{}, cannot("change the owner of", a.Path, err)
		}
		return stdlib.None{}, nil
	}, stdlib.Inverse[chownArgs, attributeState]{
		Does:    "puts back the owner",
		Version: 1,
		Capture: func(_ context.Context, env *stdlib.Env, a chownArgs) (attributeState, error) {
			if a.UID == nil && a.GID == nil {
				return attributeState{}, errors.New("fs.chown needs uid, gid or both")
			}
			before, err := captureAttributes(env, "change the owner of", a.Path)
			if to := a.owner(before); err == nil && !(isOwner(to.UID) && isOwner(to.GID)) {
				err = fmt.Errorf("cannot change the owner of %s: %s is no owner", a.Path, owner(to))
			}
			return attributeState{before, owner(a.owner(before))}, err
		},
		Restore: func(_ context.Context, env *stdlib.Env, s attributeState) error {
			now, err := s.check(env, "owner", owner)
			if err != nil || owner(now) == owner(s.Before) && now.Mode == s.Before.Mode {
				return err
			}
			if err := putOwner(env, s.Before, now); err != nil {
				return err
			}
			return putMode(env, s.Before)
		},
		Verify: func(_ context.Context, env *stdlib.Env, s attributeState) ([]stdlib.Difference, error) {
			return s.verify(env, "owner", owner)
		},
	})
}

// isOwner reports whether a system can have a user or group of that number:
// the last of 32 bits means none, and of more bits it would take the lower ones.
func isOwner(id int) bool { return id >= 0 && uint64(id) < math.MaxUint32 }

// owner returns the path with the owner that it gets.
func (a chownArgs) owner(of saved) saved {
	if a.UID != nil {
		of.UID = *a.UID
	}
	if a.GID != nil {
		of.GID = *a.GID
	}
	return of
}

func showMode(s saved) string { return formatMode(s.Mode) }

// captureAttributes looks at what a path leads to.
func captureAttributes(env *stdlib.Env, do, name string) (saved, error) {
	path, err := resolve(env, name)
	if err == nil {
		path, err = allow(env, path)
	}
	if err != nil {
		return saved{}, cannot(do, name, err)
	}
	now, err := look(env, path)
	if err == nil && now.Kind == none {
		err = fmt.Errorf("cannot %s %s: it does not exist", do, name)
	}
	return now, err
}

// check looks at the path again. An attribute that somebody else has set since
// is put back all the same; the warning holds what it was.
func (s *attributeState) check(env *stdlib.Env, what string, show func(saved) string) (saved, error) {
	now, err := look(env, s.Before.Path)
	if err != nil {
		return now, err
	}
	if now.Kind != s.Before.Kind {
		return now, fmt.Errorf("%s was %s and is %s by now: left as it is",
			s.Before.Path, s.Before.Kind.with(), now.Kind.with())
	}
	if got := show(now); got != s.After && got != show(s.Before) {
		warn(env, "the %s of %s was set to %s by somebody else since; it becomes %s again",
			what, s.Before.Path, got, show(s.Before))
	}
	return now, nil
}

func (s *attributeState) verify(env *stdlib.Env, what string, show func(saved) string) ([]stdlib.Difference, error) {
	now, err := look(env, s.Before.Path)
	if err != nil {
		return nil, err
	}
	got := show(now)
	if now.Kind == none {
		got = "nothing there"
	}
	if want := show(s.Before); got != want {
		return []stdlib.Difference{{What: what + " of " + s.Before.Path, Want: want, Got: got}}, nil
	}
	return nil, nil
}
