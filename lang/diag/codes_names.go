package diag

// nameCodes are the mistakes with names.
var nameCodes = []Code{
	{"E0201", "unknown name",
		"A name is visible from the end of its declaration to the end of its block. Names of `setup` are visible in all later sections, those of `method` in `rollback` too, those of `steady` and `guard` only there. A definition sees its parameters and the constants of its file.",
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(ulr)
        log url
    }
}`,
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(url)
        log url
    }
}`},
	{"E0202", "used before it is declared",
		"A constant at the top of a file is visible behind its declaration.",
		`experiment "example" {
    method {
        pause rest
    }
}

let rest = 2s`,
		`let rest = 2s

experiment "example" {
    method {
        pause rest
    }
}`},
	{"E0203", "name that is taken",
		"A name cannot be declared while another of the same name is visible, so that a reader never has to ask which one is meant. Names of functions are apart from names of values.",
		`experiment "example" {
    method {
        let n = 1
        let n = 2
        log "${n}"
    }
}`,
		`experiment "example" {
    method {
        let n = 1
        let k = 2
        log "${n} ${k}"
    }
}`},
	{"E0204", "name with a meaning of its own",
		"`baseline`, `config` and `secrets` mean something in every expression. An entry of config can have such a name in quotes: it is reached as config[\"secrets\"].",
		`experiment "example" {
    method {
        let config = 1
        pause 1s
    }
}`,
		`experiment "example" {
    method {
        let settings = 1
        pause 1s
        log "${settings}"
    }
}`},
	{"E0205", "ambiguous name",
		"In `expect` and `assert` the fields of the result are in scope by their bare names. A name that is a field and something else that is visible could mean both: `it.url` is the field, `config.url` the entry of config.",
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(url)
            expect url == "http://localhost/"
    }
}`,
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(url)
            expect it.url == "http://localhost/"
    }
}`},
	{"E0206", "unknown field",
		"A record has the fields that its function declares; `chaosc doc` lists them.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect it.code == 200
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect it.status == 200
    }
}`},
	{"E0207", "value without fields",
		"Only records, maps and values of type any have fields. What can be computed from other values is done by functions, as text.length(x).",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
        log "${p.body.length}"
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
        log "${text.length(p.body)}"
    }
}`},
	{"E0208", "unknown function",
		"A function is called by its namespace and its name, a definition of this file by its name alone, one of an imported file behind the name of the import. `chaosc doc` lists the library.",
		`experiment "example" {
    method {
        probe p = http.gte("http://localhost")
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
    }
}`},
	{"E0209", "unknown parameter",
		"An argument is given by the name that the parameter has in the function's documentation.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost", header: {Accept: "text/html"})
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost", headers: {Accept: "text/html"})
    }
}`},
	{"E0210", "unknown type",
		"Types are bool int float string duration size percent time null any handle, and list, map and range of another.",
		`experiment "example" {
    config {
        port: integer = 80
    }
    method {
        log "${port}"
    }
}`,
		`experiment "example" {
    config {
        port: int = 80
    }
    method {
        log "${port}"
    }
}`},
	{"E0211", "unknown entry of config",
		"`config.x` is the entry x of the section config of the same experiment. A definition belongs to no experiment and gets values by its parameters.",
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(config.ulr)
        log url
    }
}`,
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        probe p = http.get(config.url)
    }
}`},
	{"E0212", "unknown secret",
		"A secret is named by its group and its name: `secrets.api.token`.",
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = http.get("http://localhost", headers: {Authorization: secrets.api.tokn})
    }
}`,
		`experiment "example" {
    secrets {
        api {
            token = env("TOKEN")
        }
    }
    method {
        probe p = http.get("http://localhost", headers: {Authorization: secrets.api.token})
    }
}`},
	{"E0213", "unknown activity",
		"`probe NAME` and `action NAME` without a call do an activity of that name again, which stands anywhere in the experiment.",
		`experiment "example" {
    method {
        probe alive = http.get("http://localhost")
        probe alife
    }
}`,
		`experiment "example" {
    method {
        probe alive = http.get("http://localhost")
        probe alive
    }
}`},
	{"E0214", "unknown word",
		"The place takes one of a few words.",
		`experiment "example" {
    contributions reliability: hihg
    method {
        pause 1s
    }
}`,
		`experiment "example" {
    contributions reliability: high
    method {
        pause 1s
    }
}`},
	{"E0215", "unknown control",
		"`control NAME` names an entry of the section controls.",
		`experiment "example" {
    method {
        probe p = fs.exists("x")
            control tracing
    }
}`,
		`experiment "example" {
    method {
        probe p = fs.exists("x")
    }
}`},
	{"E0216", "unknown name of an import",
		"`web.port` is the constant `port` of the file that is imported as `web`.",
		`import "lib/web.chaos" as web

experiment "example" {
    method {
        log "${web.prot}"
    }
}`,
		`import "lib/web.chaos" as web

experiment "example" {
    method {
        log "${web.port}"
    }
}`},
	{"E0217", "function as a value",
		"A function has a value only where it is called.",
		`probe up(url: string) = http.get(url)

experiment "example" {
    method {
        probe p = up("http://localhost")
        log up
    }
}`,
		`probe up(url: string) = http.get(url)

experiment "example" {
    method {
        probe p = up("http://localhost")
        log "${p.status}"
    }
}`},
	{"E0218", "result outside of its activity",
		"`it` and `elapsed` belong to the activity whose `expect`, `assert` or `undo by` they stand in. Anywhere else the activity is named.",
		`experiment "example" {
    method {
        probe up = http.get("http://localhost")
        log "${elapsed}"
    }
}`,
		`experiment "example" {
    method {
        probe up = http.get("http://localhost")
        log "${up.elapsed}"
    }
}`},
	{"E0219", "baseline outside of steady",
		"`baseline` is the result that the same probe of the steady state had before the method, so it is known only in the expectations of probes in `steady`.",
		`experiment "example" {
    method {
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
	{"E0220", "own name in a clause",
		"The name of an activity is visible behind it. In its own clauses its result is `it`.",
		`experiment "example" {
    method {
        probe up = http.get("http://localhost")
            expect up.status == 200
    }
}`,
		`experiment "example" {
    method {
        probe up = http.get("http://localhost")
            expect it.status == 200
    }
}`},
	{"E0221", "name of another branch",
		"The branches of `parallel` run at the same time, so none can use what another finds. Behind the `parallel` all names are visible.",
		`experiment "example" {
    method {
        parallel {
            probe a = http.get("http://localhost")
            log "${a.status}"
        }
    }
}`,
		`experiment "example" {
    method {
        parallel {
            probe a = http.get("http://localhost")
            pause 1s
        }
        log "${a.status}"
    }
}`},
	{"E0222", "minus sign without spaces",
		"Names may have hyphens, so `total-used` is one name. A minus sign between two values has spaces on both sides.",
		`experiment "example" {
    method {
        let total = 5
        let used = 3
        log "${total-used} ${total} ${used}"
    }
}`,
		`experiment "example" {
    method {
        let total = 5
        let used = 3
        log "${total - used}"
    }
}`},
	{"E0223", "name that is no value",
		"config, secrets, a group of secrets, an import and a `wait` have parts that are values, but are none themselves.",
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        log config
        log url
    }
}`,
		`experiment "example" {
    config {
        url = "http://localhost"
    }
    method {
        log config.url
    }
}`},
	{"E0224", "name of a function that is taken",
		"A definition has a name of its own in its file, and neither that of a function of the language (env, file, vault, reveal). An import has not that of a namespace of the library.",
		`probe up() = fs.exists("a")

probe up() = fs.exists("b")

experiment "example" {
    method {
        probe p = up()
    }
}`,
		`probe up() = fs.exists("a")

probe ready() = fs.exists("b")

experiment "example" {
    method {
        probe p = up()
        probe q = ready()
    }
}`},
	{"E0225", "computed name of an entry",
		"Which entry of config or secrets is read must be plain in the text, so that everything can be checked before a run.",
		`experiment "example" {
    config {
        key = "a"
    }
    method {
        log config[key]
    }
}`,
		`experiment "example" {
    config {
        key = "a"
    }
    method {
        log config["key"]
    }
}`},
	{"E0226", "key that stands twice",
		"A key, a contribution and a group of secrets stand once.",
		`experiment "example" {
    method {
        log {a: 1, a: 2}
    }
}`,
		`experiment "example" {
    method {
        log {a: 1, b: 2}
    }
}`},
	{"E0227", "two experiments of one title",
		"`--only` and reports tell experiments by their titles.",
		`experiment "example" {
    method {
        pause 1s
    }
}

experiment "example" {
    method {
        pause 2s
    }
}`,
		`experiment "example" {
    method {
        pause 1s
    }
}

experiment "another" {
    method {
        pause 2s
    }
}`},
	{"E0228", "activity that cannot be done again here",
		"Doing an activity again is writing its call where the reference stands. What the call uses must be visible there.",
		`experiment "example" {
    method {
        for f in ["a", "b"] {
            probe there = fs.exists(f)
        }
        probe there
    }
}`,
		`experiment "example" {
    method {
        probe there = fs.exists("a")
        probe there
    }
}`},
	{"E0229", "ambiguous activity",
		"More than one activity of the experiment has the name, and none of them is visible here.",
		`experiment "example" {
    method {
        if 1 < 2 {
            probe there = fs.exists("a")
        } else {
            probe there = fs.exists("b")
        }
        probe there
    }
}`,
		`experiment "example" {
    method {
        if 1 < 2 {
            probe first = fs.exists("a")
        } else {
            probe second = fs.exists("b")
        }
        probe first
    }
}`},
	{"E0230", "not an activity",
		"Only an activity can be done again.",
		`experiment "example" {
    method {
        let n = 1
        probe n
    }
}`,
		`experiment "example" {
    method {
        probe n = fs.exists("a")
        probe n
    }
}`},
	{"E0231", "unknown namespace",
		"A dotted name before `(` is a function: of a namespace of the library, or of an import. Values have no functions of their own.",
		`experiment "example" {
    method {
        probe p = htpp.get("http://localhost")
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
    }
}`},
}
