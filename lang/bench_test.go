package lang_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
)

// sample is an experiment of about 40 lines.
const sample = `experiment "The shop survives the death of its database %d" {
    description """
        The catalogue is read through a cache,
        so that the loss of the database is not noticed at once.
        """
    tags shop, database
    config {
        shop = env("SHOP_URL", default: "http://localhost:8000")
        data = "/srv/shop/pg"
    }
    setup {
        action db  = process.start("postgres", "-D", data) undo
        action app = process.start("shopd") undo
        wait until http.get("${shop}/health").status == 200 within 20s
        probe traffic = http.load("${shop}/products", rate: 50, for: 90s)
            background
            expect error-rate < 20%%
            expect p95 < 800ms
    }
    steady "Customers can buy" recovers within 30s every 500ms {
        probe catalogue = http.get("${shop}/products")
            timeout 2s
            expect status in [200, 503]
            expect elapsed < 2 * baseline.elapsed + 50ms
    }
    guard "The disk does not fill up" every 2s {
        probe free = fs.free(data)
            expect it > 1GiB
    }
    method {
        action crash = process.kill(db) undo
        wait until http.get("${shop}/products").status == 503 within 5s every 100ms
        pause 10s
        restore crash // by the runner
        wait back until http.get("${shop}/products").status == 200 within 30s every 100ms
        expect back.elapsed < 10s
    }
}
`

func file(experiments int) string {
	var b strings.Builder
	for i := range experiments {
		fmt.Fprintf(&b, sample, i)
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1, 2000} {
		text := file(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, problems := lang.Parse(ast.NewSource("x", text)); len(problems) > 0 {
					b.Fatal(problems)
				}
			}
		})
	}
}
