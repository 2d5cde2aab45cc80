package diag

// warningCodes are what is allowed, but hardly meant.
var warningCodes = []Code{
	{"W0201", "name that nobody uses",
		"A constant, an entry of config, a secret or a `let` has no use. It may be misspelt where it was meant.",
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        log url
    }
}`},
	{"W0202", "definition that nobody calls",
		"The file has experiments, and none calls it. In a file without experiments, a library, definitions are for others.",
		`probe up() = fs.exists("x")

experiment "example" {
    method {
        pause 1s
    }
}`,
		`probe up() = fs.exists("x")

experiment "example" {
    method {
        probe p = up()
    }
}`},
	{"W0203", "import that nobody uses",
		"Nothing of the imported file is used.",
		`import "lib/web.chaos" as web

experiment "example" {
    method {
        pause 1s
    }
}`,
		`import "lib/web.chaos" as web

experiment "example" {
    method {
        log "${web.port}"
    }
}`},
	{"W0301", "condition that reads nothing",
		"What the condition says is known before the run and the same in each.",
		`experiment "example" {
    method {
        expect 200 == 200
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status == 200
    }
}`},
	{"W0302", "empty list",
		"The loop does nothing.",
		`experiment "example" {
    method {
        for f in [] {
            log "${f}"
        }
    }
}`,
		`experiment "example" {
    method {
        for f in ["a"] {
            log "${f}"
        }
    }
}`},
	{"W0401", "never reached",
		"`abort` ends the run, so nothing behind it in the same block is done.",
		`experiment "example" {
    method {
        abort "stop"
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
        abort "stop"
    }
}`},
	{"W0402", "retry that does nothing",
		"`retry` tries again while the activity fails or an expectation of its result is not met. One that reads nothing of its own activity is looked at once.",
		`experiment "example" {
    method {
        probe p = fs.exists("x")
        probe q = fs.exists("y")
            retry 3
            expect p
    }
}`,
		`experiment "example" {
    method {
        probe p = fs.exists("x")
            expect it
        probe q = fs.exists("y")
            retry 3
            expect it
    }
}`},
	{"W0403", "background that does nothing",
		"The end of a block, and of a `parallel`, waits for what runs in the background.",
		`experiment "example" {
    method {
        pause 1s
        probe p = fs.exists("x")
            background
    }
}`,
		`experiment "example" {
    method {
        probe p = fs.exists("x")
            background
        pause 1s
    }
}`},
	{"W0404", "steady state that expects nothing",
		"Without an expectation the steady state is always met, and the experiment shows nothing.",
		`experiment "example" {
    steady "it answers" {
        probe p = fs.exists("x")
    }
}`,
		`experiment "example" {
    steady "it answers" {
        probe p = fs.exists("x")
            expect it
    }
}`},
	{"W0405", "guard that expects nothing",
		"Without an expectation the guard never ends the method.",
		`experiment "example" {
    guard "free" {
        probe p = fs.free("/")
    }
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    guard "free" {
        probe p = fs.free("/")
            expect it > 1GiB
    }
    method {
        pause 1s
    }
}`},
	{"W0406", "guard without a method",
		"A guard is looked at while the method runs.",
		`experiment "example" {
    setup {
        pause 1s
    }
    guard "free" {
        probe p = fs.free("/")
            expect it > 1GiB
    }
}`,
		`experiment "example" {
    guard "free" {
        probe p = fs.free("/")
            expect it > 1GiB
    }
    method {
        pause 1s
    }
}`},
	{"W0407", "deadline that is always missed",
		"The pauses of setup and method alone are longer than the deadline.",
		`experiment "example" {
    runtime {
        deadline 10s
    }
    method {
        pause 1m
    }
}`,
		`experiment "example" {
    runtime {
        deadline 2m
    }
    method {
        pause 1m
    }
}`},
	{"W0408", "interval that does nothing",
		"`every` and `fail-fast` are for strategies that check the steady state during the method: during-method and continuously.",
		`experiment "example" {
    runtime {
        hypothesis skip every 2s
    }
    method {
        pause 1m
    }
}`,
		`experiment "example" {
    runtime {
        hypothesis continuously every 2s
    }
    method {
        pause 1m
    }
}`},
	{"W0409", "experiment that does nothing",
		"It has no setup, no steady state and no method.",
		`experiment "example" {
    tags empty
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}`},
	{"W0410", "baseline that is never taken",
		"`baseline` is the result of a probe of the steady state before the method. The hypothesis strategy leaves that check out, so that there is none.",
		`experiment "example" {
    runtime {
        hypothesis after-method
    }
    steady "it answers" {
        probe p = http.get("http://localhost")
            expect elapsed < 2 * baseline.elapsed
    }
}`,
		`experiment "example" {
    steady "it answers" {
        probe p = http.get("http://localhost")
            expect elapsed < 2 * baseline.elapsed
    }
}`},
}
