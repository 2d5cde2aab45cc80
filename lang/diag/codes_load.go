package diag

// loadCodes are the mistakes found while files are opened and while values
// from outside are read before a run.
var loadCodes = []Code{
	{
		Code:  "E0601",
		Title: "value not given",
		Text: `An entry of config or of secrets that has no value must be given when the experiment is run: by --var name=value, or in a file by --var-file. A secret is named by its group and its name: --var api.token=value.

If there is a value that suits most runs, write it into the experiment; --var overrides it.`,
		Wrong: `config {
    url: string
}`,
		Right: `config {
    url = env("SERVICE_URL", default: "http://localhost:8080/")
}`,
	},
	{
		Code:  "E0602",
		Title: "environment variable not set",
		Text:  "env reads a variable of the environment before the run. It is an error when the variable is not set and env has no default; a variable that is set to the empty text is set.",
		Wrong: `config {
    url = env("SERVICE_URL")
}`,
		Right: `config {
    url = env("SERVICE_URL", default: "http://localhost:8080/")
}`,
	},
	{
		Code:  "E0603",
		Title: "file cannot be read",
		Text:  "file reads a text before the run. The path is relative to the working directory, which -C changes, not to the experiment's own folder.",
		Wrong: `config {
    banner = file("no-such-file")
}`,
		Right: `config {
    banner = file("banner.txt")
}`,
	},
	{
		Code:  "E0604",
		Title: "value from outside does not fit",
		Text: `A text from the environment, a file or --var is converted to the type that its entry declares, or to that of its default. What does not fit is an error before anything runs.

Bools take true/false, yes/no, on/off and 1/0; durations are written as 250ms or 1m30s, sizes as 64KiB; lists, maps and any are read as JSON.`,
		Wrong: `config {
    limit: duration = env("LIMIT")    // LIMIT=2
}`,
		Right: `config {
    limit: duration = env("LIMIT")    // LIMIT=2s
}`,
	},
	{
		Code:  "E0605",
		Title: "unknown variable on the command line",
		Text:  "--var sets entries of config and secrets. A name that the experiment does not have is most likely misspelt, and the run would go on with another value than was meant.",
		Wrong: `chaosc run experiment.chaos --var ulr=http://localhost:8080/`,
		Right: `chaosc run experiment.chaos --var url=http://localhost:8080/`,
	},
	{
		Code:  "E0606",
		Title: "value cannot be computed",
		Text:  "Constants, config and secrets are computed before the run. Here this fails: as a division by zero, a number that becomes too large, or a key that a value from outside does not have.",
		Wrong: `config {
    workers = env("WORKERS", default: 0)
    share   = 100 / workers
}`,
		Right: `config {
    workers = env("WORKERS", default: 4)
    share   = 100 / workers
}`,
	},
	{
		Code:  "E0607",
		Title: "probe in config failed",
		Text:  "A probe call in config is made once, before the run, so that what it finds can be used for times and lists. When it fails, nothing is run.",
		Wrong: `config {
    leader = http.get("http://localhost:1/leader").json.name
}`,
		Right: `config {
    leader = http.get("http://localhost:8080/leader").json.name
}`,
	},
	{
		Code:  "E0608",
		Title: "time or number out of bounds",
		Text:  "A time that comes from outside must not be negative; a timeout, a deadline and every must be more than nothing, since the run would fail at once or never rest. A number of tries or rounds must not be negative.",
		Wrong: `config {
    rest: duration = env("REST")    // REST=-1s
}

method {
    pause rest
}`,
		Right: `config {
    rest: duration = env("REST")    // REST=1s
}

method {
    pause rest
}`,
	},
	{
		Code:  "E0609",
		Title: "not a list",
		Text:  "A for takes a list, or a range of ints. A value of type any is looked at before the run, when its shape is known.",
		Wrong: `config {
    hosts: any = env("HOSTS")    // HOSTS=5
}

method {
    for host in hosts {
        log host
    }
}`,
		Right: `config {
    hosts: any = env("HOSTS")    // HOSTS=["a", "b"]
}

method {
    for host in hosts {
        log host
    }
}`,
	},
}
