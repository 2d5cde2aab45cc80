package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chaosc-lang/chaosc/lang/types"
	"github.com/chaosc-lang/chaosc/stdlib"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// Technique: an open load. Requests are due at times that are fixed before the
// first one is sent, so that a server that slows down does not slow the load
// down, and a request's latency counts from when it was due, so that what had
// to wait is not left out of the percentiles (coordinated omission).

const maxRate = 100_000 // requests per second

// loadArgs are the parameters of http.load.
type loadArgs struct {
	target
	Rate           float64       `chaos:"rate,named" doc:"requests per second, up to 100000"`
	For            time.Duration `chaos:"for,named,length" doc:"how long requests are sent"`
	Method         string        `chaos:"method,named" default:"GET" doc:"method of the requests"`
	Timeout        time.Duration `chaos:"timeout,named" default:"10s" doc:"limit of one request, from when it was due"`
	MaxConnections int           `chaos:"max-connections,named" default:"1000" doc:"how many requests may be under way at once; those that are due meanwhile wait"`
	OK             any           `chaos:"ok,optional,named" type:"range<int> | list<int>" doc:"statuses that are no errors; without it, all below 500"`
	message
}

// loadResult is the result of http.load.
type loadResult struct {
	Requests  int           `chaos:"requests" doc:"requests sent"`
	Errors    int           `chaos:"errors" doc:"requests without an answer, or with a status that is an error"`
	ErrorRate value.Percent `chaos:"error-rate" doc:"share of the errors among the requests"`
	Rate      float64       `chaos:"rate" doc:"requests sent per second"`
	P50       any           `chaos:"p50" type:"duration" doc:"latency that half of the requests did not exceed; reading it fails where no request was answered, as for the others"`
	P95       any           `chaos:"p95" type:"duration" doc:"latency that 95% did not exceed"`
	P99       any           `chaos:"p99" type:"duration" doc:"latency that 99% did not exceed"`
	Max       any           `chaos:"max" type:"duration" doc:"the longest latency"`
	Mean      any           `chaos:"mean" type:"duration" doc:"the mean latency"`
	Statuses  *value.Map    `chaos:"statuses" type:"map<int>" doc:"number of answers by status, as {\"200\": 40}"`
	Causes    *value.Map    `chaos:"causes" type:"map<int>" doc:"number of requests without an answer by cause, as {\"connection refused\": 3}"`
}

func load() *stdlib.Function {
	return stdlib.Define(stdlib.Spec{
		Name:    "http.load",
		Kind:    types.Probe,
		Summary: "Sends requests at a constant rate for a time and measures the answers.",
		Doc: `The rate does not follow the server: a request is sent when it is due, whether earlier ones are answered
or not. Its latency counts from then until the whole body was read. Connections are kept and used again.

An error is a request without an answer, or one whose status is 500 or more (or is not in ` + "`ok`" + `). Latencies
are those of all requests that were answered, errors too, and of those that ran into the ` + "`timeout`" + `; a
connection that is refused has none. Percentiles are exact to 0.1%. A load of setup that is still going on
when the experiment is over ends then: its result is that of the requests that were answered so far.`,
		Example: `probe traffic = http.load("http://localhost:8000/products", rate: 50, for: 30s)
    expect error-rate < 1%
    expect p95 < 250ms`,
	}, runLoad)
}

func runLoad(ctx context.Context, env *stdlib.Env, a loadArgs) (loadResult, error) {
	p, err := prepare(a.Method, a.target, &a.message)
	if err != nil {
		return loadResult{}, err
	}
	if err := a.check(); err != nil {
		return loadResult{}, err
	}
	if a.ConnectTimeout != nil {
		ctx = context.WithValue(ctx, connectLimit{}, *a.ConnectTimeout)
	}
	t := newTransport(env, transportKind{a.VerifyTLS && env.VerifyTLS, true})
	t.MaxIdleConnsPerHost = a.MaxConnections
	t.MaxIdleConns = 0
	defer t.CloseIdleConnections()

	g := &generator{env: env, args: &a, prepared: p, client: a.client(t), measured: newMeasure()}
	sent, took := g.run(ctx)
	if ctx.Err() != nil {
		answered := sent - int(g.dropped.Load())
		if errors.Is(context.Cause(ctx), stdlib.ErrEnough) && answered > 0 {
			return g.measured.result(answered, took), nil
		}
		return loadResult{}, p.explain(ctx, ctx.Err())
	}
	if sent < a.total() {
		env.Log("WARNING", fmt.Sprintf("http.load sent %d of %d requests to %s: more than %d were under way at once",
			sent, a.total(), p.shown, a.MaxConnections))
	}
	return g.measured.result(sent, took), nil
}

func (a *loadArgs) check() error {
	switch {
	case !(a.Rate > 0 && a.Rate <= maxRate):
		return fmt.Errorf("rate is %s: it can be above 0 and up to %d", value.Literal(a.Rate), maxRate)
	case a.For <= 0:
		return errors.New("for is not above zero")
	case a.total() < 1:
		return fmt.Errorf("rate: %s for: %s is less than one request", value.Literal(a.Rate), value.Literal(a.For))
	case a.Timeout <= 0:
		return errors.New("timeout is not above zero")
	case a.MaxConnections < 1:
		return errors.New("max-connections is below one")
	}
	return nil
}

// total returns how many requests are due in all.
func (a *loadArgs) total() int { return int(a.Rate * a.For.Seconds()) }

// isError reports whether a status is an error.
func (a *loadArgs) isError(status int) bool {
	n := int64(status)
	switch ok := a.OK.(type) {
	case value.Range:
		return n < ok.From.(int64) || n > ok.To.(int64)
	case []any:
		for _, e := range ok {
			if e == n {
				return false
			}
		}
		return true
	}
	return status >= http.StatusInternalServerError
}

// generator sends the requests of one load.
type generator struct {
	env      *stdlib.Env
	args     *loadArgs
	prepared *prepared
	client   *http.Client
	measured *measure
	dropped  atomic.Int64 // requests that were under way when ctx ended
}

// run sends requests until all are sent or ctx ends, and waits for what is
// under way. It returns how many were sent, and in what time.
func (g *generator) run(ctx context.Context) (sent int, took time.Duration) {
	var underWay sync.WaitGroup
	defer underWay.Wait()
	free := make(chan struct{}, g.args.MaxConnections)
	clock := g.env.Clock
	began := clock.Now()
	over, cancel := context.WithTimeout(ctx, g.args.For)
	defer cancel()
	for total := g.args.total(); sent < total; sent++ {
		due := began.Add(time.Duration(float64(sent) / g.args.Rate * float64(time.Second)))
		if wait := due.Sub(clock.Now()); wait > 0 && clock.Sleep(ctx, wait) != nil {
			return sent, clock.Now().Sub(began)
		}
		select {
		case free <- struct{}{}:
		default:
			select {
			case free <- struct{}{}:
			case <-over.Done():
				return sent, g.args.For
			}
		}
		underWay.Go(func() {
			defer func() { <-free }()
			g.one(ctx, due)
		})
	}
	return sent, max(g.args.For, clock.Now().Sub(began))
}

// one sends a request that was due at a time and measures it.
func (g *generator) one(ctx context.Context, due time.Time) {
	limited, cancel := context.WithDeadline(ctx, due.Add(g.args.Timeout))
	defer cancel()
	status, err := g.send(limited)
	latency := g.env.Clock.Now().Sub(due)
	switch {
	case ctx.Err() != nil: // nobody asks any more
		g.dropped.Add(1)
	case err == nil:
		g.measured.answer(status, latency, g.args.isError(status))
	case limited.Err() != nil:
		g.measured.late(latency, "no answer within "+value.Literal(g.args.Timeout))
	default:
		var redirects *redirectError
		why, _ := cause(err)
		if errors.As(err, &redirects) {
			why = "more than " + strconv.Itoa(maxRedirects) + " redirects"
		}
		g.measured.failure(why)
	}
}

func (g *generator) send(ctx context.Context) (status int, err error) {
	res, err := g.client.Do(g.prepared.request(ctx))
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}
