package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// starts is how often a sample of a short command starts it.
const starts = 10

func commandItems() []item {
	return []item{
		{
			name: "version", what: "`chaosc version`, CPU", against: "an empty Go main",
			floor: "2 times its time", aim: "1.7 times its time",
			measure: func(b *bench) (result, error) {
				empty, err := b.reference("empty")
				if err != nil {
					return result{}, err
				}
				chaosc, err := b.chaosc()
				if err != nil {
					return result{}, err
				}
				p, err := pair(b.pairs, cpu(empty), cpu(chaosc, "version"))
				return p.slower(), err
			},
		},
		{
			name: "validate", what: "`chaosc validate` of one file", against: "a Go program that reads it as JSON",
			floor: "2 times its time", aim: "1.5 times its time",
			measure: func(b *bench) (result, error) { return b.validate(wall) },
		},
		{
			name: "validate-cpu", what: "`chaosc validate` of one file, CPU", against: "a Go program that reads it as JSON",
			floor: "–", aim: "–",
			measure: func(b *bench) (result, error) { return b.validate(cpu) },
		},
	}
}

func (b *bench) validate(by func(program string, args ...string) sample) (result, error) {
	readjson, err := b.reference("readjson")
	if err != nil {
		return result{}, err
	}
	chaosc, err := b.chaosc()
	if err != nil {
		return result{}, err
	}
	asJSON, err := b.file("shop.json", many("json", 1))
	if err != nil {
		return result{}, err
	}
	asChaos, err := b.file("shop.chaos", many("chaos", 1))
	if err != nil {
		return result{}, err
	}
	p, err := pair(b.pairs, by(readjson, asJSON), by(chaosc, "validate", asChaos))
	return p.slower(), err
}

// file writes a file into the temporary folder.
func (b *bench) file(name, text string) (path string, err error) {
	path = filepath.Join(b.dir, name)
	return path, os.WriteFile(path, []byte(text), 0o644)
}

// chaosc builds chaosc, once.
func (b *bench) chaosc() (path string, err error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/chaosc-lang/chaosc").Output()
	if err != nil {
		return "", fmt.Errorf("cannot find chaosc's module (is the working directory bench?): %w", err)
	}
	return b.build("chaosc", strings.TrimSpace(string(root)), "./cmd/chaosc")
}

// reference builds one of the reference programs, once.
func (b *bench) reference(name string) (path string, err error) {
	return b.build(name, ".", "./reference/"+name)
}

// build builds a program as a release is built, and copies it to its place as
// an installer does. What the linker itself has written lies in memory page by
// page, until the machine is started again; the kernel takes a fifth longer to
// start such a file, and the more the larger it is.
func (b *bench) build(name, dir, pkg string) (path string, err error) {
	if path, ok := b.built[name]; ok {
		return path, nil
	}
	path = filepath.Join(b.dir, "bin-"+name)
	linked := path + ".linked"
	cmd := exec.Command("go", "build", "-C", dir, "-trimpath", "-ldflags", "-s -w", "-o", linked, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("cannot build %s: %w\n%s", name, err, out)
	}
	program, err := os.ReadFile(linked)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, program, 0o755); err != nil {
		return "", err
	}
	b.built[name] = path
	return path, os.Remove(linked)
}

// cpu is a sample of the processor time that a program takes, user and system.
func cpu(program string, args ...string) sample {
	return started(program, args, func(cmd *exec.Cmd, _ time.Duration) time.Duration {
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	})
}

// wall is a sample of the time from the start to the end of a program.
func wall(program string, args ...string) sample {
	return started(program, args, func(_ *exec.Cmd, took time.Duration) time.Duration { return took })
}

func started(program string, args []string, of func(*exec.Cmd, time.Duration) time.Duration) sample {
	return func() (time.Duration, error) {
		var sum time.Duration
		for range starts {
			cmd := exec.Command(program, args...)
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			began := time.Now()
			if err := cmd.Run(); err != nil {
				return 0, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out.Bytes())
			}
			sum += of(cmd, time.Since(began))
		}
		return sum / starts, nil
	}
}
