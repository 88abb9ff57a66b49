import Foundation
import TestSupport
import Testing

/// Trains in the dashboard, by its keys: turns settings while it trains, steps, stops, comes back and goes on.
struct DashboardPerson {
    private let runs: SavedRuns
    private let spec: RandomSpec
    private var chance: Chance
    private let story: Story
    /// Whether the last thing done to the run was a kill.
    private(set) var killed = false

    init(_ spec: RandomSpec, runs: SavedRuns, chance: Chance, story: Story) {
        (self.spec, self.runs, self.chance, self.story) = (spec, runs, chance, story)
    }

    mutating func train() throws {
        try sit { person, terminal in
            // A first epoch: less is not kept. With a change at a place that is known.
            try person.press(terminal, ["."])
            try person.press(terminal, ["]"])
            try person.press(terminal, person.chance.of(0.5) ? [">"] : ["Space"])
            try terminal.wait(for: "the first epoch") {
                ScreenPanel("confusion", in: $0)?.border.contains(/epoch [1-9]/) ?? false || Self.isOver($0)
            }
            try person.turnSettings(terminal)
        }
        for _ in 1...chance.whole(1...2) {
            if chance.of(0.3) { try goOnByCommand() } else { try comeBack() }
        }
    }

    private mutating func goOnByCommand() throws {
        var person = HeadlessPerson(spec, runs: runs, chance: chance, story: story)
        try person.goOn(cut: false)
        (chance, killed) = (person.chance, person.killed)
    }

    /// Opens the dashboard again, goes on with the run, and turns more settings.
    private mutating func comeBack() throws {
        let run = try #require(try runs.newest())
        let state = try #require(run["state"] as? String)
        let done = try #require(run["finished_epochs"] as? Int)
        let planned = try #require(run["planned_epochs"] as? Int)
        try sit { person, terminal in
            if state == "interrupted" { try terminal.wait(for: "was interrupted") }
            if state == "interrupted", person.chance.of(0.6) {
                try person.press(terminal, ["Enter"])
            } else {
                if state == "interrupted" { try person.press(terminal, ["Escape"]) }
                try person.press(terminal, ["6"])
                try terminal.wait(for: "the list of runs") { $0.contains("what sets it apart") && $0.contains("│▸ ") }
                try person.press(terminal, ["+"])
                if state == "failed" {
                    try person.press(terminal, ["Enter"])
                } else if state == "finished" || done >= planned {
                    try terminal.wait(for: "epochs")
                    try person.press(terminal, ["\(person.chance.whole(1...2))", "Enter"])
                }
                try person.press(terminal, ["1"])
            }
            try terminal.wait(for: "the run going on") { Self.isUnderWay($0) || Self.isOver($0) }
            try person.turnSettings(terminal)
        }
    }

    /// Opens the dashboard, does something there, and leaves it: by `q`, by a signal, or by a kill.
    private mutating func sit(_ body: (inout DashboardPerson, TmuxTerminal) throws -> Void) throws {
        let terminal = try TmuxTerminal([spec.line] + runs.option + runs.data, width: 130, height: 44)
        defer { terminal.close() }
        story.add("dashboard:")
        try terminal.wait(for: "the data") {
            $0.contains(" images of digits ready") || $0.contains("was interrupted")
        }
        try body(&self, terminal)
        let status = try leave(terminal)
        story.append("(status \(status.map(String.init) ?? "none"))")
    }

    private mutating func leave(_ terminal: TmuxTerminal) throws -> Int? {
        let way = chance.whole(0...5)
        killed = way == 1
        switch way {
        case 0:
            story.append("SIGTERM")
            try terminal.signal(SIGTERM)
        case 1:
            story.append("SIGKILL")
            try terminal.killProgram()
        default:
            try press(terminal, ["q"])
            // A run may end before the question about it is drawn.
            try terminal.wait(for: "the question or the end") {
                $0.contains("quit while run") || $0.contains(" quit? ") || terminal.hasEnded
            }
            if !terminal.hasEnded { try press(terminal, ["q"]) }
        }
        let status = try terminal.waitForExit()
        try expectTruth(terminal)
        return status
    }

    /// What is said of the run as the program ends is what the store has of it.
    private func expectTruth(_ terminal: TmuxTerminal) throws {
        let screen = try terminal.screen()
        // After a kill it is that of the newest frame.
        guard let said = screen.firstMatch(of: /run (\d+) (stopped|interrupted) at (\d+)\//),
            !screen.contains("SIGKILL"), let run = try runs.newest(), run["run"] as? Int == Int(said.1)
        else { return }
        #expect(run["finished_epochs"] as? Int == Int(said.3) && run["state"] as? String == String(said.2), "\(story)")
    }

    // MARK: - While it trains

    private mutating func turnSettings(_ terminal: TmuxTerminal) throws {
        for _ in 0..<chance.whole(4...9) {
            try press(terminal, action())
            chance.dawdle(milliseconds: 100)
        }
        guard chance.of(0.5) else { return }
        // To the end, and beyond it.
        if try Self.isPaused(terminal.screen()) { try press(terminal, ["Space"]) }
        try terminal.wait(for: "the end") { Self.isOver($0) || Self.isPaused($0) }
        for _ in 0..<chance.whole(0...3) {
            try press(terminal, chance.of(0.5) ? [chance.one(of: [">", "."])] : action())
            chance.dawdle(milliseconds: 100)
        }
    }

    /// The keys of something that a person may do in Lab.
    private mutating func action() -> [String] {
        switch chance.whole(0...11) {
        case 0, 1: ["Space"]
        case 2: ["."]
        case 3: [">"]
        case 4: ["["]
        case 5: ["]"]
        case 6: ["g"] + Array(repeating: "j", count: chance.whole(1...spec.layers)) + ["%"]
        case 7: typing(chance.one(of: ["l1=\(chance.near(1e-5))", "l2=\(chance.near(1e-4))", "l1=0"]))
        case 8: typing("lr=\(chance.near(spec.rate))")
        case 9: typing("epochs=\(spec.epochs + chance.whole(-1...2))")
        case 10: ["e", "C-u", spec.line(rate: chance.near(spec.rate), epochs: spec.epochs + 1), "Enter"]
        default: chance.one(of: [["v"], ["u"], ["2", "1"], ["x", "u"]])
        }
    }

    /// Types a setting on the composer's row of the learning rate.
    private func typing(_ setting: String) -> [String] {
        // Above it: input, layers, a row to add one, output, optimizer.
        ["g"] + Array(repeating: "j", count: spec.layers + 4) + ["Enter", setting, "Enter"]
    }

    private mutating func press(_ terminal: TmuxTerminal, _ keys: [String]) throws {
        for key in keys { story.append(key.contains(" ") ? "'\(key)'" : key) }
        for key in keys {
            let isName = key.count == 1 || ["Space", "Enter", "Escape", "C-u"].contains(key)
            if isName { try terminal.press(key) } else { try terminal.type(key) }
        }
    }

    // MARK: - What the screen says

    static func isOver(_ screen: String) -> Bool {
        ["● finished", "● stopped", "● failed"].contains { screen.contains($0) }
    }

    static func isPaused(_ screen: String) -> Bool { screen.contains("● paused") }

    static func isUnderWay(_ screen: String) -> Bool { screen.contains("● training") || isPaused(screen) }
}
