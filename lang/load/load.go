// Package load turns a path into its files: the one that was asked for and
// everything that it imports, each read and parsed once.
//
// Technique: depth-first over the imports with the files in progress as a
// stack, so that a cycle is seen when it closes and can be shown; the depth is
// limited, since a path through links can be made to have no end.
package load

import (
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// MaxSize is the size above which a file is not read, in bytes.
const MaxSize = 64 << 20

// maxDepth is how many files may import each other in a row.
const maxDepth = 100

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// Opener opens a file for reading; "-" is the standard input. An error is told
// as it is, but for [fs.ErrNotExist] and [ErrFolder].
type Opener func(path string) (io.ReadCloser, error)

// Unit is a file with everything that it imports.
type Unit struct {
	Files []*File // the root first, then in the order in which they were reached
}

// File is one file of a unit.
type File struct {
	AST     *ast.File
	Source  *ast.Source
	Imports []*Import // in the order of AST.Imports
	// Broken is set where parts of the text could not be read, so that names
	// that they declare are missing from the tree.
	Broken bool
}

// Import is an import with the file that it leads to.
type Import struct {
	Decl  *ast.Import
	Alias *ast.Name // where none is written, that of the file; nil where that is no identifier
	File  *File     // nil where it could not be read, and for Python
}

// Path reads the file at a path and everything that it imports. Without an
// opener it reads from the disk and from os.Stdin. The unit is never nil; it
// has no files where the root could not be read.
func Path(path string, open ...Opener) (*Unit, diag.List) {
	l := newLoader(open)
	text, problem := l.read(path)
	if problem != "" {
		return l.unit, diag.List{rootUnreadable(path, problem)}
	}
	name := path
	if path == Stdin {
		name = "<stdin>"
	}
	if d := foreign(path); d != nil {
		return l.unit, diag.List{d}
	}
	l.parse(ast.NewSource(name, text), path)
	return l.unit, l.diags
}

// Source takes a text that is in memory already; what it imports is read as
// by [Path], relative to the folder of the source's name.
func Source(src *ast.Source, open ...Opener) (*Unit, diag.List) {
	l := newLoader(open)
	l.parse(src, src.Name)
	return l.unit, l.diags
}

type loader struct {
	open  Opener
	unit  *Unit
	diags diag.List
	files map[string]*File
	stack []string // paths of the files in progress, the root first
}

func newLoader(open []Opener) *loader {
	l := &loader{open: Disk, unit: &Unit{}, files: map[string]*File{}}
	if len(open) > 0 {
		l.open = open[0]
	}
	return l
}

// parse reads the tree of one file and follows its imports.
func (l *loader) parse(src *ast.Source, from string) *File {
	tree, diags := lang.Parse(src)
	l.diags = append(l.diags, diags...)
	f := &File{AST: tree, Source: src, Broken: diags.HasErrors()}
	l.unit.Files = append(l.unit.Files, f)
	if tree == nil {
		f.AST = &ast.File{Source: src}
		return f
	}
	l.stack = append(l.stack, from)
	for _, decl := range tree.Imports {
		imp := &Import{Decl: decl, Alias: alias(decl)}
		f.Imports = append(f.Imports, imp)
		if !decl.Python {
			imp.File = l.follow(src, from, decl)
		}
	}
	l.stack = l.stack[:len(l.stack)-1]
	l.files[filepath.Clean(from)] = f
	return f
}

// follow reads the file that an import names.
func (l *loader) follow(src *ast.Source, from string, decl *ast.Import) *File {
	written, ok := decl.Path.Plain()
	if !ok || decl.Path == nil {
		return nil // the parser has said that there are holes
	}
	if written == "" {
		l.diags = append(l.diags, importEmpty(src, decl))
		return nil
	}
	path := filepath.FromSlash(written)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(from), path)
	}
	if from == Stdin && !filepath.IsAbs(written) {
		path = filepath.Clean(filepath.FromSlash(written))
	}
	if f := l.files[path]; f != nil {
		return f
	}
	for i, p := range l.stack {
		if filepath.Clean(p) == path {
			l.diags = append(l.diags, importCycle(src, decl, append(l.stack[i:len(l.stack):len(l.stack)], path)))
			return nil
		}
	}
	if len(l.stack) >= maxDepth {
		l.diags = append(l.diags, importTooDeep(src, decl))
		return nil
	}
	text, problem := l.read(path)
	if problem != "" {
		near := ""
		if problem == missing {
			near = l.near(path)
		}
		l.diags = append(l.diags, importUnreadable(src, decl, path, problem, near))
		return nil
	}
	if isForeign(path) {
		l.diags = append(l.diags, importForeign(src, decl))
		return nil
	}
	return l.parse(ast.NewSource(path, text), path)
}

// alias returns the name of an import: the one that is written, else that of
// the file without its extension, or of the last part of a Python package.
func alias(decl *ast.Import) *ast.Name {
	if decl.Alias != nil || decl.Path == nil {
		return decl.Alias
	}
	text, _ := decl.Path.Plain()
	name := path.Base(text)
	if decl.Python {
		name = name[strings.LastIndexByte(name, '.')+1:]
	} else {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	if !lang.IsIdent(name) {
		return nil
	}
	return &ast.Name{Span: decl.Path.Span, Text: name}
}

// isForeign reports whether the name of a file says that it is JSON or YAML.
func isForeign(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".json", ".yaml", ".yml":
		return true
	}
	return false
}
