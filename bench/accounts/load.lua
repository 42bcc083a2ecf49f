-- One request again and again, as the environment describes it; at the end one line of JSON.
wrk.method = os.getenv("LOAD_METHOD") or "GET"
wrk.body = os.getenv("LOAD_BODY")
if wrk.body then
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end
local bearer = os.getenv("LOAD_BEARER")
if bearer then
    wrk.headers["Authorization"] = "Bearer " .. bearer
end

function done(summary, latency, _)
    local errors = summary.errors
    print(string.format(
        'RESULT {"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "max_us": %d, '
            .. '"connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
        errors.connect, errors.read, errors.write, errors.status, errors.timeout
    ))
end
