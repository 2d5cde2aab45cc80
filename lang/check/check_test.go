package check_test

import (
	"bytes"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/diag"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/fs"
	"github.com/chaosc-lang/chaosc/stdlib/http"
	"github.com/chaosc-lang/chaosc/stdlib/process"
)

const first = `#!/usr/bin/env -S chaosc run

experiment "Does our service tolerate the loss of its exchange file?" {
    description """
        Our service reads data from an exchange file,
        can it support that file disappearing?
        """
    tags tutorial, filesystem

    config {
        url     = env("SERVICE_URL", default: "http://localhost:8080/")
        service = "service.py"
    }

    setup {
        action start-service = process.start("python3", service) undo
        wait until http.get(url).status == 200 within 10s every 100ms
    }

    steady "The service answers" {
        probe service-answers = http.get(url)
            timeout 2s
            expect status in [200, 503]
            expect elapsed < 250ms
    }

    method {
        action move-exchange-file = fs.rename("exchange.dat", to: "exchange.dat.old")
            settle 500ms
            undo
    }
}
`

func TestFirst(t *testing.T) {
	reg, err := stdlib.NewRegistry(http.Namespace, fs.Namespace, process.Namespace)
	if err != nil {
		t.Fatal(err)
	}
	u, diags := load.Source(ast.NewSource("a.chaos", first))
	p, more := check.Check(u, reg)
	var b bytes.Buffer
	if err := diag.Render(&b, append(diags, more...), diag.Options{}); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 0 || p == nil {
		t.Fatal(b.String())
	}
}
