package check

import (
	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/program"
)

// Mistakes with imports and with what this version cannot reach: E0506 on.

func importWithoutAlias(at program.Loc, decl *ast.Import) *mistake {
	return fault("E0506", at, "the file's name is no identifier, so the import needs a name").
		edit(ast.Span{Start: decl.Path.End, End: decl.Path.End}, " as lib", "give it one by `as`")
}

func noPython(at program.Loc) *mistake {
	return fault("E0507", at, "this version of chaosc cannot run Python").
		note("imported Python packages and controls need a bridge to Python, which it does not have").
		help("use the standard library, or start Python by `process.run(\"python3\", …)`")
}

func noVault(at program.Loc) *mistake {
	return fault("E0508", at, "this version of chaosc cannot read HashiCorp Vault").
		help("read the value by `vault kv get` before the run and give it by `env(…)` or `file(…)`")
}
