import Dashboard
import Specs
import TerminalUI
import TestSupport
import Testing

@Suite struct PresetsTests {
    @Test("Enter puts the preset into the composer, and undo brings back what was there")
    func takes() throws {
        var state = Sample.ready()
        let before = state.spec
        Sample.press(&state, "p", .down, .down, .enter)
        #expect(state.overlay == nil)
        #expect(state.composer.spec == Presets.named("exercise-2")?.spec)
        Sample.press(&state, "p")
        #expect(state.overlay == .presets(cursor: 2))
        Sample.press(&state, .escape, "u")
        #expect(state.spec == before)
    }

    @Test("A preset that is there already changes nothing, and says so")
    func same() {
        var state = Sample.ready()
        Sample.press(&state, "p", .enter, "p", .enter)
        #expect(state.message == .note("the composer holds notebook already"))
        #expect(state.composer.spec == Presets.all[0].spec)
    }

    @Test("The wheel moves the cursor, a click takes the preset, and one beside the list does nothing")
    func mouse() {
        var state = Sample.ready()
        Sample.press(&state, "p")
        _ = update(&state, .input(.mouse(MouseEvent(kind: .scrollDown, x: 0, y: 0))))
        #expect(state.overlay == .presets(cursor: 1))
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 0, y: 0))))
        #expect(state.overlay == .presets(cursor: 1))
        // 20 rows in the middle of 24: the border is row 2, the fourth preset row 6.
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 40, y: 6))))
        #expect(state.composer.spec == Presets.named("exercise-3")?.spec)
    }

    @Test("On a low screen the list scrolls with the cursor, says what it leaves out, and a click takes what is there")
    func scrolls() {
        var state = Sample.ready(width: 80, height: 14)
        Sample.press(&state, "p")
        let last = Presets.all.count - 1
        #expect(render(state).text.contains("↓ \(last + 1 - 10) more"))
        Sample.press(&state, .end)
        let text = render(state).text
        #expect(text.contains("▸ \(Presets.all[last].name)") && text.contains("↑ \(last + 1 - 10) more"))
        _ = update(&state, .input(.mouse(MouseEvent(kind: .press, x: 40, y: 2))))
        #expect(state.composer.spec == Presets.all[last - 9].spec)
    }

    @Test("P saves the screen as it is, as a picture and as text, and never over an earlier one")
    func screenshot() throws {
        var state = Sample.training()
        let text = render(state).text
        let effects = Sample.press(&state, "P")
        guard case .save(let request)? = effects.first, effects.count == 1 else {
            Issue.record("expected one request to save, found \(effects)")
            return
        }
        let folder = try TemporaryFolder()
        _ = try request.save(in: folder.path)
        let second = try request.save(in: folder.path)
        #expect(second == ["svg", "txt"].map { folder.path("trainspotter-lab-2.\($0)") })
        #expect(try folder.names().count == 4)
        #expect(try folder.text(of: "trainspotter-lab-1.txt") == text + "\n")
        #expect(try folder.text(of: "trainspotter-lab-1.svg").hasPrefix("<svg "))
    }
}
