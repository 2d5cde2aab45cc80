package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

// manyExperiments is a file of n experiments of some 40 lines.
func manyExperiments(n int) string {
	const one = `experiment "The shop survives the loss of file %[1]d" {
    description "Our service reads data from an exchange file, can it support that file disappearing?"
    tags tutorial, filesystem

    config {
        url     = env("SERVICE_URL", default: "http://localhost:8080/")
        service = "service.py"
        limit   = 250ms
    }

    setup {
        action start-service = process.start("python3", service, "--port", 8080) undo
        wait until http.get(url).status == 200 within 10s every 100ms
    }

    steady "The service answers" recovers within 30s every 500ms {
        probe service-answers = http.get("${url}?n=%[1]d", headers: {Accept: "text/html"})
            timeout 2s
            expect status in [200, 503]
            expect elapsed < limit
            expect body contains "hello" and not (body matches "error|failed")
        probe free-space = fs.free("/srv")
            expect it > 1GiB
    }

    guard "The disk does not fill up" every 2s {
        probe free = fs.free("/srv/data")
            expect it > 100MiB
    }

    method {
        action move-exchange-file = fs.rename("exchange.dat", to: "exchange.dat.old")
            settle 500ms
            undo
        for i in 1..3 {
            probe "answer ${i}" = http.get(url, query: {n: i})
                retry 3 every 1s
                expect status == 200 or elapsed < 2 * limit + 50ms
        }
        wait back until http.get(url).status == 200 within 30s every 100ms
        expect back.elapsed < 10s
        log "it took ${back.elapsed}"
    }
}

`
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, one, i)
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	src := ast.NewSource("many.chaos", manyExperiments(2000))
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		lang.Parse(src)
	}
}

func BenchmarkParseAndCheck(b *testing.B) {
	src := ast.NewSource("many.chaos", manyExperiments(2000))
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		u, diags := load.Source(src)
		if p, more := check.Check(u, all.Registry()); p == nil {
			b.Fatal(append(diags, more...))
		}
	}
}
