package time

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/stdlibtest"
)

// stopped is a clock that stands still.
type stopped struct{ now time.Time }

func (c stopped) Now() time.Time                                   { return c.now }
func (c stopped) Sleep(ctx context.Context, _ time.Duration) error { return context.Cause(ctx) }

func TestTime(t *testing.T) {
	t.Parallel()
	type args = stdlibtest.Args
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	east := time.Date(2026, 3, 1, 14, 0, 0, 250e6, time.FixedZone("", 7200))
	stdlibtest.Run(t, Namespace, &stdlib.Env{Clock: stopped{noon}}, []stdlibtest.Case{
		{Function: "now", Want: noon},
		{Function: "since", Args: args{noon.Add(-time.Minute)}, Want: time.Minute},
		{Function: "since", Args: args{noon.Add(time.Minute)}, Want: -time.Minute},
		{Function: "since", Args: args{time.Unix(-1<<40, 0)}, Err: "does not fit a duration"},
		{Function: "seconds", Args: args{int64(90)}, Want: 90 * time.Second},
		{Function: "seconds", Args: args{0.25}, Want: 250 * time.Millisecond},
		{Function: "seconds", Args: args{int64(-1)}, Want: -time.Second},
		{Function: "seconds", Args: args{1e12}, Err: "does not fit a duration"},
		{Function: "seconds", Args: args{math.NaN()}, Err: "does not fit a duration"},
		{Function: "seconds", Args: args{"1"}, Err: `argument n: wants int or float, not the string "1"`},
		{Function: "milliseconds", Args: args{1.5}, Want: 1500 * time.Microsecond},
		{Function: "parse", Args: args{"2026-03-01T12:00:00Z"}, Want: noon},
		{Function: "parse", Args: args{"2026-03-01T14:00:00.25+02:00"}, Want: east},
		{Function: "parse", Args: args{"2026-03-01"}, Err: `"2026-03-01" is not a time`},
		{Function: "parse", Args: args{"01.03.2026 12:00", "%d.%m.%Y %H:%M"}, Want: noon},
		{Function: "parse", Args: args{"Sun Mar  1 12:00:00 2026", "%a %b %e %H:%M:%S %Y"}, Want: noon},
		{Function: "parse", Args: args{"2026-03-01 14:00:00.250000 +0200", "%Y-%m-%d %H:%M:%S.%f %z"}, Want: east},
		{Function: "parse", Args: args{"31.02.2026", "%d.%m.%Y"}, Err: `"31.02.2026" is not a time of the form "%d.%m.%Y"`},
		{Function: "parse", Args: args{"x", "%d"}, Err: "is not a time of the form"},
		{Function: "parse", Args: args{"1", "%"}, Err: "is not a time of the form"},
		{Function: "parse", Args: args{"1234", "%s"}, Err: `times of the form "%s" cannot be read: unsupported directive: %s`},
		{Function: "format", Args: args{east}, Want: "2026-03-01T14:00:00.25+02:00"},
		{Function: "format", Args: args{east, stdlib.Missing, true}, Want: "2026-03-01T12:00:00.25Z"},
		{Function: "format", Args: args{east, "%H:%M %z %j %%", true}, Want: "12:00 +0000 060 %"},
		{Function: "format", Args: args{noon, "%Y%m%d"}, Want: "20260301"},
		{Function: "unix", Args: args{time.Unix(86400, 5e8)}, Want: 86400.5},
		{Function: "from-unix", Args: args{int64(86400)}, Want: time.Unix(86400, 0).UTC()},
		{Function: "from-unix", Args: args{-0.25}, Want: time.Unix(-1, 75e7).UTC()},
		{Function: "from-unix", Args: args{1e18}, Err: "beyond the years 0 to 9999"},
		{Function: "from-unix", Args: args{math.NaN()}, Err: "beyond the years 0 to 9999"},
	})
}
