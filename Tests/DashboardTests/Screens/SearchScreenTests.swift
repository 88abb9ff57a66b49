import Dashboard
import Runs
import Search
import Searching
import Specs
import TerminalUI
import Testing

/// Search: what is read, what keys and the mouse do, and what is asked of the search that runs here.
@Suite struct SearchScreenTests {
    @discardableResult
    private func press(_ state: inout DashboardState, _ keys: Key...) -> [Effect] {
        keys.flatMap { update(&state, .input(.key($0))) }
    }

    private func searches(_ effects: [Effect]) -> [SearchEffect] {
        effects.compactMap { if case .searches(let effect) = $0 { effect } else { nil } }
    }

    @Test("While it is open the newest search is followed, or the chosen one; elsewhere nothing is read")
    func follows() throws {
        var state = Sample.ready()
        #expect(searches(press(&state, "9")).isEmpty, "without a store there is nothing to read")
        state = Sample.ready()
        state.savedRuns.hasStore = true
        #expect(searches(press(&state, "9")) == [.follow(nil)] && state.awaitsSearches)
        _ = update(&state, .searches(.listed(try Sample.listings())))
        let summary = try Sample.search()
        _ = update(&state, .searches(.shown(summary, nil)))
        #expect(!state.awaitsSearches && state.searches.shown?.summary.search.id == 2)
        #expect(searches(press(&state, "n")) == [.follow(1)])
        #expect(searches(press(&state, "6")) == [.ignore])
    }

    @Test("An empty store says what to do, and one that can't be read says why")
    func empty() throws {
        var state = Sample.ready(width: 80, height: 24)
        state.savedRuns.hasStore = true
        press(&state, "9")
        _ = update(&state, .searches(.listed([])))
        #expect(render(state).text.contains("no search yet") && !state.awaitsSearches)
        _ = update(&state, .searches(.unavailable("the store is gone")))
        #expect(render(state).text.contains("the store is gone"))
        _ = update(&state, .searches(.listed(try Sample.listings())))
        _ = update(&state, .searches(.unreadable(2, SearchProblem("search 2: its plan can't be read"))))
        #expect(render(state).text.contains("its plan can't be read") && !state.awaitsSearches)
    }

    @Test("The best trials are first, other orders follow, and each can be turned round")
    func orders() throws {
        var state = try Sample.searching()
        let best = try #require(state.searches.shown?.summary.best?.number)
        #expect(state.searches.selectedTrial?.number == best)
        press(&state, "s")
        #expect(state.searches.order == .number && state.searches.rows == Array(0..<24))
        press(&state, "S")
        #expect(state.searches.rows == Array((0..<24).reversed()))
        press(&state, "*")
        #expect(state.searches.order == .rank && !state.searches.isReversed)
        press(&state, .down, .down)
        #expect(state.searches.selectedRow == 2)
        press(&state, .end)
        #expect(state.searches.selectedRow == 23)
    }

    @Test("A brush on an axis leaves the trials within, and the line of a new search is cut to it")
    func brushing() throws {
        var state = try Sample.searching()
        // The rate is the third axis.
        press(&state, .right, .right, .right)
        #expect(state.searches.axis == 2)
        press(&state, .down, times: 40)
        press(&state, .enter)
        press(&state, .up, times: 10)
        let range = try #require(state.searches.brush.ranges[2])
        #expect(range.lowerBound == 1e-4 && abs(range.upperBound - 1e-3) < 1e-5)
        press(&state, .enter)
        let rates = state.searches.rows.compactMap { state.searches.shown?.summary.trials[$0].point?.values[2] }
        #expect(!rates.isEmpty && rates.count < 24 && rates.allSatisfy(range.contains))
        press(&state, .escape)
        #expect(state.searches.axis == nil && !state.searches.brush.isEmpty)
        press(&state, "e")
        #expect(
            state.searches.openLine(state.shared)?.text.contains(" lr=1e-4..1e-3 optimizer={adam,adamw,sgd} ") == true)
        press(&state, .escape, "0")
        #expect(state.searches.brush.isEmpty && state.searches.rows.count == 24)
    }

    private func press(_ state: inout DashboardState, _ key: Key, times: Int) {
        for _ in 0..<times { press(&state, key) }
    }

    @Test("A drag along an axis brushes it, and what lies beyond its end is within")
    func dragging() throws {
        var state = try Sample.searching()
        let area = try #require(
            (0..<40).first { y in render(state).text.split(separator: "\n")[y].contains("settings side by side") })
        let line = Array(render(state).text.split(separator: "\n")[area + 1])
        let name = try #require(String(line).range(of: "val %"))
        let x = String(line).distance(from: String(line).startIndex, to: name.upperBound) - 1
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: x, y: area + 6))))
        #expect(state.searches.axis == 6 && state.searches.panel == .axes)
        _ = update(&state, .input(.mouse(MouseEvent(kind: .drag, x: x, y: area + 1))))
        _ = update(&state, .input(.mouse(MouseEvent(kind: .release, x: x, y: area + 1))))
        let range = try #require(state.searches.brush.result)
        #expect(range.upperBound == .infinity && range.lowerBound > 0.8)
        #expect((1..<24).contains(state.searches.rows.count))
    }

    @Test("A space is typed, refused with the parser's words, and begins with the workers of a run")
    func begins() throws {
        var state = try Sample.searching()
        press(&state, "e", .control("u"))
        for scalar in "64relu lr=1e-2..1e-4".unicodeScalars { press(&state, .character(scalar)) }
        #expect(searches(press(&state, .enter)).isEmpty)
        #expect(render(state).text.contains("a range that does not rise"))
        press(&state, .control("u"))
        for scalar in "64relu lr=1e-4..1e-2 trials=9".unicodeScalars { press(&state, .character(scalar)) }
        let effects = searches(press(&state, .enter))
        guard case .begin(let request, let workers) = effects.first else {
            Issue.record("no search begins")
            return
        }
        #expect(request.plan.trials == 9 && workers == state.threads && state.searches.isStarting)
        _ = update(&state, .searches(.refused("the disk is full")))
        #expect(!state.searches.isStarting && state.message == .error("the disk is full"))
    }

    @Test("A search that runs here is paused, changed and its trials are stopped; that of another process says why not")
    func controls() throws {
        var state = try Sample.searching(state: .running(process: 77))
        let words = "process 77 runs search 2: it can be changed there alone"
        for command in [SearchViewCommand.play, .budget, .stopTrial] {
            #expect(state.disabledReason(.search(command)) == words)
        }
        let time = try #require(state.searches.timeToGo)
        #expect(render(state).text.contains("process 77 runs search 2, \(time)"))
        _ = update(&state, .searches(.started(2)))
        var moved = state
        press(&moved, .down)
        #expect(render(moved).text.contains("pauses search 2, \(time)"))
        #expect(searches(press(&state, " ")) == [.pause(true)] && render(state).text.contains("paused"))
        #expect(!render(state).text.contains("to go"), "how long a pause is, nobody knows")
        #expect(searches(press(&state, " ")) == [.pause(false)])
        press(&state, "+")
        for scalar in "60 30m".unicodeScalars { press(&state, .character(scalar)) }
        #expect(searches(press(&state, .enter)) == [.change(trials: 60, seconds: 1800)])
        press(&state, "s", "S")
        #expect(state.searches.selectedTrial?.state == .running)
        #expect(searches(press(&state, "x")) == [.stopTrial(23)])
        #expect(state.disabledReason(.search(.begin))?.hasPrefix("search 2 runs here") == true)
        // Leaving asks, and says how it goes on.
        press(&state, "q")
        let text = render(state).text
        #expect(text.contains("quit while search 2 runs?") && text.contains("trainspotter search --resume --search 2"))
        press(&state, .escape)
        _ = update(&state, .searches(.ended(2, .finished)))
        #expect(state.searches.own == nil && press(&state, "q") == [.quit])
    }

    @Test("An interrupted search goes on from here")
    func resumes() throws {
        var state = try Sample.searching(state: .interrupted)
        #expect(searches(press(&state, " ")) == [.resume(2, workers: state.threads)] && state.searches.isStarting)
        #expect(state.disabledReason(.search(.play)) == "the search is being started")
    }

    @Test("Enter opens a trial's run in all views")
    func opens() throws {
        var state = try Sample.searching()
        let run = try #require(state.searches.selectedTrial?.run)
        #expect(searches(press(&state, .enter)) == [.read(run: run)] && state.awaitsSearches)
        let effects = update(&state, .searches(.run(Sample.savedRun(run).summary)))
        #expect(state.screen == .curves && state.opened?.number == run)
        #expect(effects.contains { if case .runs(.open(let request)) = $0 { request.run == run } else { false } })
    }

    @Test(
        "Every panel is drawn alone and beside others, at every size",
        arguments: [(44, 14), (80, 24), (120, 40), (160, 48)])
    func panels(width: Int, height: Int) throws {
        for look in [Look(), Look(glyphs: .ascii, colors: .mono), Look(colors: .palette16)] {
            var state = try Sample.searching(width: width, height: height, look: look)
            for _ in SearchScreen.Panel.allCases {
                for key in ["d", "z", "z", "w"] as [Key] {
                    press(&state, key)
                    let buffer = render(state)
                    #expect(buffer.width == width && buffer.height == height)
                }
            }
        }
        let text = render(try Sample.searching(width: width, height: height)).text
        #expect(text.contains("trials"))
        if width >= 80 { #expect(text.contains("best so far") && text.contains("importance")) }
        if width >= 120 {
            #expect(text.contains("rungs") && text.contains("settings side by side") && text.contains("searches"))
        }
    }

    @Test("A screen reader is told of the search, its rungs, what counts, and the trial at hand")
    func plain() throws {
        var state = try Sample.searching()
        state.display.plain = true
        let lines = PlainScreen(state).text
        for words in [
            "search: 2", "state: ended", "best so far: 9", "rung of 1 epoch: 24 trials", "importance of lr:",
            "its line:",
        ] {
            #expect(lines.contains(words), "\(words)")
        }
        press(&state, .right)
        #expect(PlainScreen(state).text.contains("value of layers:"))
    }
}
