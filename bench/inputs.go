package main

import (
	"embed"
	"fmt"
	goast "go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"strconv"
	"strings"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// The same experiment stands in inputs/ four times: as .chaos, with the same
// information as HCL and as JSON, and as Go with the same number of
// statements. {{n}} in it is a number, so that 2,000 of them differ.

//go:embed inputs
var inputs embed.FS

// many returns n experiments in one text of a kind: chaos, hcl, json or go.
func many(kind string, n int) string {
	file := "inputs/shop." + kind
	if kind == "go" {
		file += ".txt" // so that the Go tool does not take it for a part of this package
	}
	data, err := inputs.ReadFile(file)
	if err != nil {
		panic(err) // it is embedded
	}
	one := string(data)
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(one, "{{n}}", strconv.Itoa(i))
	}
	switch kind {
	case "go":
		return "package shop\n\n" + strings.Join(parts, "\n")
	case "json":
		return "[" + strings.Join(parts, ",") + "]"
	}
	return strings.Join(parts, "\n")
}

// equalStatements makes sure that the Go input has as many statements as the
// .chaos input.
func equalStatements() error {
	tree, problems := lang.Parse(ast.NewSource("shop.chaos", many("chaos", 1)))
	if problems.HasErrors() {
		return fmt.Errorf("the .chaos input is wrong: %w", problems)
	}
	file, err := goparser.ParseFile(gotoken.NewFileSet(), "shop.go", many("go", 1), goparser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("the Go input is wrong: %w", err)
	}
	if ours, theirs := statements(tree), goStatements(file); ours != theirs {
		return fmt.Errorf("the .chaos input has %d statements, the Go input %d", ours, theirs)
	}
	return nil
}

// statements counts what begins with a keyword of its own or declares a name:
// experiments, sections, entries, statements and clauses.
func statements(tree *ast.File) int {
	n := 0
	ast.Walk(tree, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.Block:
		case *ast.Experiment, ast.Section, *ast.Entry, ast.Stmt, *ast.Clause:
			n++
		}
		return true
	})
	return n
}

// goStatements counts functions and statements; a block counts with what it
// belongs to.
func goStatements(file *goast.File) int {
	n := 0
	goast.Inspect(file, func(node goast.Node) bool {
		switch node.(type) {
		case *goast.BlockStmt, *goast.ReturnStmt: // the one return is in the argument of wait
		case *goast.FuncDecl, goast.Stmt:
			n++
		}
		return true
	})
	return n
}
