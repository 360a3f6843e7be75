-- A host that nobody wrote for this library: LuaJIT's FFI reads the header itself and drives the shared object through it.
--
--     luajit host.lua LIBRARY PREPROCESSED_HEADER CALL.json REPORT.json
local ffi = require("ffi")
local library, header, call, wanted = arg[1], arg[2], arg[3], arg[4]

local function slurp(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end

ffi.cdef(slurp(header))
local leap = ffi.load(library)

local function last_error()
    local last = ffi.new("leap_error")
    assert(leap.leap_last_error(last) == 0)
    return ffi.string(last.message.data, last.message.len), tonumber(last.status)
end

local function check(status)
    if status ~= 0 then
        error((last_error()), 2)
    end
end

local function text(value)
    return ffi.string(value.data, value.len)
end

-- The garbage collector frees what the library hands out.
local out = ffi.new("leap_rulebook *[1]")
check(leap.leap_rulebook_builtin(out))
local rulebook = ffi.gc(out[0], leap.leap_rulebook_free)

local json = slurp(call)
local report_out = ffi.new("leap_report *[1]")
check(leap.leap_score_json(rulebook, json, #json, report_out))
local report = ffi.gc(report_out[0], leap.leap_report_free)
local bytes = ffi.new("leap_str")
check(leap.leap_report_json(report, bytes))
assert(text(bytes) == slurp(wanted), "the report differs")

-- A live call, with garbage collected in between.
local info = ffi.new("leap_call_info")
info.struct_size = ffi.sizeof("leap_call_info")
local session_out = ffi.new("leap_session *[1]")
check(leap.leap_session_new(rulebook, info, session_out))
local session = ffi.gc(session_out[0], leap.leap_session_free)
local said = "My husband died in May and I can't pay this"
local turn = ffi.new("leap_turn", { struct_size = ffi.sizeof("leap_turn"), role = 2, start_ms = -1, end_ms = -1 })
turn.text.data, turn.text.len = said, #said
local waiting = ffi.new("size_t[1]")
check(leap.leap_session_push(session, turn, waiting))
collectgarbage()
assert(waiting[0] == 1)
local nudge = ffi.new("leap_nudge")
check(leap.leap_session_next_nudge(session, nudge))
assert(text(nudge.id) == "take_a_beat", text(nudge.id))

turn.role = 7
assert(leap.leap_session_push(session, turn, waiting) == 4)
local message, status = last_error()
assert(status == 4 and message:find("role is 7"), message)
check(leap.leap_session_finish(session, report_out))
ffi.gc(report_out[0], leap.leap_report_free)

for _ = 1, 20000 do
    local report_out = ffi.new("leap_report *[1]")
    check(leap.leap_score_json(rulebook, json, #json, report_out))
    ffi.gc(report_out[0], leap.leap_report_free)
end
collectgarbage()
print("host.lua: " .. jit.version .. " drove libleapscore " .. ffi.string(leap.leap_version()) .. ": 20,000 calls, one live")
