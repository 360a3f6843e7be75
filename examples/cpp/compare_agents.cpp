// Two agents take the same hard call: scores both and says what made the difference.
#include <iostream>
#include <leapscore.hpp>
#include <string_view>
#include <vector>

namespace {

void print(std::string_view who, const leapscore::Report &report) {
    std::cout << who << ": ";
    if (const auto overall = report.overall()) {
        std::cout << *overall << " of 100\n";
    } else {
        std::cout << "no score\n";
    }
    for (const leapscore::Finding &finding : report.findings()) {
        std::cout << "  turn " << finding.turn << ", " << finding.rule << ": " << finding.message << "\n    instead: " << finding.instead
                  << "\n";
    }
}

} // namespace

int main() {
    using leapscore::Role;
    try {
        const auto rulebook = leapscore::Rulebook::builtin();
        const leapscore::Turn customer{Role::customer, "I lost my job in March and I'm so scared I can't keep up with this."};
        print("agent A", leapscore::score_call(rulebook, {customer, {Role::agent, "I see your balance is overdue, how soon can you pay?"}}));
        print("agent B", leapscore::score_call(
                             rulebook, {customer,
                                        {Role::agent, "I know this can feel stressful, let's see what we can do to make this manageable "
                                                      "together. What has changed for you since March?"}}));
        leapscore::score_json(rulebook, R"({"turns":[{"role":"robot","text":"Hello"}]})");
    } catch (const leapscore::Error &error) {
        std::cout << "and what is wrong is told with its place: " << error.what() << "\n";
        return error.status() == LEAP_ERROR_UNKNOWN_ROLE ? 0 : 1;
    }
    return 1;
}
