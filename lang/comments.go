package lang

import "github.com/chaosc-lang/chaosc/ast"

func attach(file *ast.File, list []ast.Comment) ast.Comments { return nil }
