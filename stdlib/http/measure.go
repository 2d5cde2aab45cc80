package http

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/chaosc-lang/chaosc/stdlib/value"
)

const (
	maxLatency = time.Hour // longer ones count as this in the percentiles
	maxCauses  = 20        // different ones that are told apart
)

// measure collects what became of requests. Latencies go into a histogram of
// microseconds with three digits, so that its size does not grow with them.
type measure struct {
	mu       sync.Mutex
	latency  *hdrhistogram.Histogram
	longest  time.Duration
	sum      time.Duration
	errors   int
	statuses map[int]int
	causes   map[string]int
}

func newMeasure() *measure {
	return &measure{
		latency:  hdrhistogram.New(1, int64(maxLatency/time.Microsecond), 3),
		statuses: map[int]int{},
		causes:   map[string]int{},
	}
}

// answer records an answer.
func (m *measure) answer(status int, latency time.Duration, isError bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.statuses[status]++
	if isError {
		m.errors++
	}
	m.took(latency)
}

// late records a request that ran out of time.
func (m *measure) late(latency time.Duration, cause string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.errors++
	m.causes[cause]++
	m.took(latency)
}

// failure records a request that could not be answered.
func (m *measure) failure(cause string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.errors++
	if _, known := m.causes[cause]; !known && len(m.causes) >= maxCauses {
		cause = "other causes"
	}
	m.causes[cause]++
}

func (m *measure) took(latency time.Duration) {
	m.sum += latency
	m.longest = max(m.longest, latency)
	// A value within the histogram's range is never refused.
	_ = m.latency.RecordValue(int64(min(max(latency, time.Microsecond), maxLatency) / time.Microsecond))
}

// result returns what was measured of requests that were sent in a time.
func (m *measure) result(sent int, in time.Duration) loadResult {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := loadResult{
		Requests:  sent,
		Errors:    m.errors,
		ErrorRate: value.Percent(100 * float64(m.errors) / float64(sent)),
		Rate:      float64(sent) / in.Seconds(),
		Statuses:  counts(m.statuses, strconv.Itoa),
		Causes:    counts(m.causes, func(cause string) string { return cause }),
	}
	n := m.latency.TotalCount()
	if n == 0 {
		none := value.NewLazy(func() (any, error) {
			return nil, errors.New("no request was answered, so there is no latency")
		})
		r.P50, r.P95, r.P99, r.Max, r.Mean = none, none, none, none, none
		return r
	}
	at := func(percentile float64) time.Duration {
		d := time.Duration(m.latency.ValueAtPercentile(percentile)) * time.Microsecond
		return min(d, m.longest) // the histogram rounds up
	}
	r.P50, r.P95, r.P99 = at(50), at(95), at(99)
	r.Max, r.Mean = m.longest, m.sum/time.Duration(n)
	return r
}

// counts makes a map of the language with its keys in order.
func counts[K cmp.Ordered](of map[K]int, name func(K) string) *value.Map {
	m := value.NewMap(len(of))
	for _, k := range slices.Sorted(maps.Keys(of)) {
		m.Set(name(k), int64(of[k]))
	}
	return m
}
