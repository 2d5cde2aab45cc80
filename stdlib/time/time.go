// Package time is the namespace of moments and spans of time.
package time

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/ncruces/go-strftime"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Namespace is the namespace time.
var Namespace = &stdlib.Namespace{
	Name:    "time",
	Summary: "Tells the time, reads and writes it, and makes durations of numbers.",
	Doc: `Layouts are those of strftime, as date(1) and Python know them: %Y-%m-%d %H:%M:%S, %z for the offset of the
zone, %f for microseconds, %b for Jan, %a for Mon. Without one, times are written as in RFC 3339:
2006-01-02T15:04:05Z. A duration in seconds is d / 1s.`,
	Declares: []func() *stdlib.Function{now, since, seconds, milliseconds, parse, format, unix, fromUnix},
}

type noArgs struct{}

func now() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.now",
		Kind:    types.Probe,
		Summary: "Gives the time.",
		Doc:     "It is the clock of the machine that runs chaosc, in its zone.",
		Example: `probe started = time.now()`,
	}, func(_ context.Context, env *stdlib.Env, _ noArgs) (time.Time, error) {
		return env.Clock.Now(), nil
	})
}

type sinceArgs struct {
	Start time.Time `chaos:"start" doc:"the moment from which on time is counted"`
}

func since() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.since",
		Kind:    types.Probe,
		Summary: "Gives the time that has passed since a moment.",
		Doc:     "It is negative for a moment that is still to come.",
		Example: `probe age = time.since(time.parse("2026-03-01T12:00:00Z"))
    expect it > 1h`,
	}, func(_ context.Context, env *stdlib.Env, a sinceArgs) (time.Duration, error) {
		d, err := value.Sub(env.Clock.Now(), a.Start)
		if err != nil {
			return 0, err
		}
		return d.(time.Duration), nil
	})
}

type numberArgs struct {
	N any `chaos:"n" doc:"how many; a fraction counts" type:"int | float"`
}

func seconds() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.seconds",
		Summary: "Makes a duration of a number of seconds.",
		Doc:     "It is what n * 1s is, rounded to whole nanoseconds, for a number that comes from outside.",
		Example: `time.seconds(1.5) == 1500ms`,
	}, func(_ context.Context, _ *stdlib.Env, a numberArgs) (time.Duration, error) {
		return times(a.N, time.Second)
	})
}

func milliseconds() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.milliseconds",
		Summary: "Makes a duration of a number of milliseconds.",
		Doc:     "It is what n * 1ms is, rounded to whole nanoseconds, for a number that comes from outside.",
		Example: `time.milliseconds(250) == 250ms`,
	}, func(_ context.Context, _ *stdlib.Env, a numberArgs) (time.Duration, error) {
		return times(a.N, time.Millisecond)
	})
}

func times(n any, unit time.Duration) (time.Duration, error) {
	d, err := value.Mul(n, unit)
	if err != nil {
		return 0, err
	}
	return d.(time.Duration), nil
}

type parseArgs struct {
	Text   string `chaos:"text" doc:"what is read"`
	Layout string `chaos:"layout,optional" doc:"its form, as for strftime; RFC 3339 where it is not given"`
}

func parse() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.parse",
		Summary: "Reads a time.",
		Doc: `What a layout says nothing of is the first: the year 0, January, the 1st, 0 o'clock, the zone UTC. It fails where the
text has another form or is no date, and for layouts that cannot be read back, as one with the week of the year.`,
		Example: `time.parse("01.03.2026", "%d.%m.%Y") == time.parse("2026-03-01T00:00:00Z")`,
	}, func(_ context.Context, _ *stdlib.Env, a parseArgs) (time.Time, error) {
		if a.Layout == "" {
			t, err := value.Parse(a.Text, types.TimeType)
			if err != nil {
				return time.Time{}, err
			}
			return t.(time.Time), nil
		}
		layout, err := strftime.Layout(a.Layout)
		if err != nil {
			return time.Time{}, fmt.Errorf("times of the form %q cannot be read: %s", a.Layout, strings.TrimPrefix(err.Error(), "strftime: "))
		}
		t, err := time.Parse(layout, a.Text)
		if err != nil {
			return time.Time{}, fmt.Errorf("%q is not a time of the form %q", a.Text, a.Layout)
		}
		return t, nil
	})
}

type formatArgs struct {
	Time   time.Time `chaos:"time" doc:"what is written"`
	Layout string    `chaos:"layout,optional" doc:"the form, as for strftime; RFC 3339 where it is not given"`
	UTC    bool      `chaos:"utc,named" doc:"whether the time is written as in the zone UTC, whatever zone it came with" default:"false"`
}

func format() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.format",
		Summary: "Writes a time.",
		Example: `time.format(time.parse("2026-03-01T12:00:00Z"), "%H:%M") == "12:00"`,
	}, func(_ context.Context, _ *stdlib.Env, a formatArgs) (string, error) {
		t := a.Time
		if a.UTC {
			t = t.UTC()
		}
		if a.Layout == "" {
			return value.Text(t), nil
		}
		return strftime.Format(a.Layout, t), nil
	})
}

type unixArgs struct {
	Time time.Time `chaos:"time" doc:"a moment"`
}

func unix() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.unix",
		Summary: "Gives the seconds from 1970-01-01T00:00:00Z to a moment.",
		Doc:     "A fraction of a second is kept, as precisely as a float can.",
		Example: `time.unix(time.parse("1970-01-02T00:00:00Z")) == 86400`,
	}, func(_ context.Context, _ *stdlib.Env, a unixArgs) (float64, error) {
		return float64(a.Time.Unix()) + float64(a.Time.Nanosecond())/1e9, nil
	})
}

type fromUnixArgs struct {
	Seconds float64 `chaos:"seconds" doc:"seconds from 1970-01-01T00:00:00Z on; a fraction counts"`
}

// lastUnix is the end of the year 9999, the last that RFC 3339 can write.
const lastUnix = 253402300800

func fromUnix() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "time.from-unix",
		Summary: "Gives the moment that many seconds after 1970-01-01T00:00:00Z.",
		Doc:     "The result is in UTC, to the microsecond. It fails beyond the years 0 to 9999.",
		Example: `time.from-unix(86400) == time.parse("1970-01-02T00:00:00Z")`,
	}, func(_ context.Context, _ *stdlib.Env, a fromUnixArgs) (time.Time, error) {
		if math.IsNaN(a.Seconds) || a.Seconds >= lastUnix || a.Seconds < -62167219200 {
			return time.Time{}, fmt.Errorf("%s seconds are beyond the years 0 to 9999", value.FormatFloat(a.Seconds))
		}
		return time.UnixMicro(int64(math.Round(a.Seconds * 1e6))).UTC(), nil
	})
}
