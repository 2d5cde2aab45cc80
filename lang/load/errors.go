package load

import (
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/diag"
)

// This file names every mistake that can be made with files and imports.

func rootUnreadable(name, problem string) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: "E0501", Message: name + " " + problem}
	if problem == isFolder {
		d.Help = []diag.Help{{Message: "give the path of a .chaos file"}}
	}
	return d
}

// foreign says that a file is of the Chaos Toolkit, or returns nil.
func foreign(name string) *diag.Diagnostic {
	if !isForeign(name) {
		return nil
	}
	return &diag.Diagnostic{Code: "E0502",
		Message: name + " is a Chaos Toolkit experiment, which this version of chaosc does not run as it is",
		Help:    []diag.Help{{Message: "`chaosc convert` writes it as a .chaos file"}}}
}

// atImport is a mistake at the path of an import.
func atImport(src *ast.Source, decl *ast.Import, code, message string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Message: message, Source: src, Span: decl.Path.Span}
}

func importEmpty(src *ast.Source, decl *ast.Import) *diag.Diagnostic {
	d := atImport(src, decl, "E0503", "the path of the import is empty")
	d.Help = []diag.Help{{Message: "write the path of a .chaos file, relative to this file"}}
	return d
}

func importUnreadable(src *ast.Source, decl *ast.Import, file, problem, near string) *diag.Diagnostic {
	written, _ := decl.Path.Plain()
	d := atImport(src, decl, "E0503", "the imported file "+filepath.ToSlash(file)+" "+problem)
	switch {
	case near != "":
		fixed := near
		if dir := path.Dir(written); dir != "." {
			fixed = dir + "/" + near
		}
		d.Help = []diag.Help{{Message: "there is " + fixed,
			Edits: []diag.Edit{{Span: decl.Path.Span, Text: strconv.Quote(fixed)}}}}
	case problem == isFolder:
		d.Help = []diag.Help{{Message: "import one of the .chaos files in it"}}
	default:
		d.Notes = []string{"the path is relative to the folder of the file that imports it"}
	}
	return d
}

func importForeign(src *ast.Source, decl *ast.Import) *diag.Diagnostic {
	d := atImport(src, decl, "E0502", "an import is a .chaos file; this one is a Chaos Toolkit experiment or data")
	d.Help = []diag.Help{{Message: "import a .chaos file; values can be given from JSON or YAML by `--var-file`"}}
	return d
}

func importCycle(src *ast.Source, decl *ast.Import, cycle []string) *diag.Diagnostic {
	names := make([]string, len(cycle))
	for i, p := range cycle {
		names[i] = filepath.ToSlash(filepath.Clean(p))
	}
	d := atImport(src, decl, "E0504", "the import closes a cycle")
	d.Label = "imports a file that is being imported"
	d.Notes = []string{strings.Join(names, "\n  imports ")}
	d.Help = []diag.Help{{Message: "move what both files need into a third"}}
	return d
}

func importTooDeep(src *ast.Source, decl *ast.Import) *diag.Diagnostic {
	return atImport(src, decl, "E0505", "more than "+strconv.Itoa(maxDepth)+" files import each other in a row")
}
