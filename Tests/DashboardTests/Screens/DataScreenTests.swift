import Dashboard
import Datasets
import TerminalUI
import Testing
import Training

/// Data by itself: each verb and each command, before a run and while one trains.
@Suite struct DataScreenTests {
    private func trial(_ shared: Shared = Sample.surveyed(width: 120, height: 40).shared) -> ScreenTrial<DataScreen> {
        let trial = ScreenTrial(DataScreen(), shared)
        trial.own.refresh(trial.shared)
        return trial
    }

    @Test("Six images and more have room at once, of the rows to train on, drawn by chance")
    func start() {
        let trial = trial()
        #expect(trial.own.browser.part == .training && trial.own.browser.order == .random)
        // Of 140 rows of the file 14 are held out.
        #expect(trial.own.browser.rows.count == 126 && Set(trial.own.browser.rows).count == 126)
        #expect(trial.own.browser.rows.map(\.row) != trial.own.browser.rows.map(\.row).sorted())
        #expect(trial.own.wanted == 6)
    }

    @Test("The same draw has the same images, another draw others, and the draw before is found again")
    func draws() {
        let (trial, other) = (trial(), trial())
        let first = trial.own.browser.rows
        #expect(first == other.own.browser.rows)
        trial.perform(.data(.draw(1)))
        #expect(trial.own.browser.draw == 2 && trial.own.browser.rows != first)
        #expect(trial.disabled(.data(.draw(-1))) == nil)
        trial.perform(.data(.draw(-1)))
        #expect(trial.own.browser.rows == first && trial.disabled(.data(.draw(-1))) == "this is the first draw")
    }

    @Test("The rows are those to train on, those held out, and those of the test set, in turn")
    func parts() {
        let trial = trial()
        trial.perform([.data(.part), .data(.order)])
        #expect(trial.own.browser.part == .heldOut && trial.own.browser.order == .index)
        #expect(trial.own.browser.rows.map(\.row) == Array(126..<140))
        trial.perform(.data(.part))
        #expect(trial.own.browser.rows.map(\.row) == Array(0..<40) && trial.own.browser.rows[0].file == .test)
        trial.perform(.data(.part))
        #expect(trial.own.browser.part == .training)
    }

    @Test("The rows held out follow the composer's settings")
    func settings() throws {
        let trial = trial()
        trial.perform([.data(.part), .data(.order)])
        var spec = trial.shared.composer.spec
        spec = try spec.replacing(settings: "val=0.5 split=shuffled splitseed=7")
        trial.shared.composer = ComposerState(spec: spec)
        trial.own.refresh(trial.shared)
        #expect(trial.own.browser.rows.count == 70 && trial.own.browser.rows.map(\.row) != Array(70..<140))
    }

    @Test("A class is chosen by its key, and by what is typed; Esc shows all again")
    func classes() {
        let trial = trial()
        trial.perform(.data(.label))
        #expect(trial.own.browser.filter.label == 0 && trial.own.browser.rows.allSatisfy { $0.row % 10 == 0 })
        #expect(trial.back() && !trial.back() && trial.own.browser.rows.count == 126)
        trial.perform([.data(.order), .data(.filter)])
        trial.type("7 from 50")
        #expect(trial.own.browser.rows.map(\.row) == [57, 67, 77, 87, 97, 107, 117])
        trial.type("x")
        #expect(trial.own.browser.rows.count == 7 && trial.text.isEmpty == false)
        #expect(trial.key(.enter) == [] && trial.own.openLine(trial.shared) != nil)
        trial.key(.escape)
        #expect(trial.own.browser.rows.count == 126 && trial.own.openLine(trial.shared) == nil)
    }

    @Test("By distance the most unlike come first, and turned round the most typical")
    func unlike() throws {
        let data = Sample.oddOne
        let trial = trial(Sample.surveyed(width: 80, height: 24, data: data).shared)
        trial.perform([.data(.order), .data(.order)])
        #expect(trial.own.browser.order == .unlike && trial.own.browser.rows.first?.row == 5)
        trial.perform(.data(.reverse))
        #expect(trial.own.browser.rows.last?.row == 5)
    }

    @Test("Duplicates stand beside each other, those of the test set among them")
    func duplicates() {
        let trial = trial()
        trial.perform([.data(.order), .data(.order), .data(.order)])
        let rows = trial.own.browser.rows
        #expect(trial.own.browser.order == .duplicates && rows.count == 180)
        #expect(rows.prefix(14).allSatisfy { $0.row % 10 == 0 && $0.file == .train })
        #expect(rows[14..<18].allSatisfy { $0.row % 10 == 0 && $0.file == .test })
    }

    @Test("Enter shows the image in full size, and its one-hot vector; of a mean the images of its class")
    func opens() {
        let trial = trial()
        trial.perform([.data(.order), .move(.right), .move(.right), .open])
        #expect(trial.own.form == .large && trial.text.contains("[0 0 1 0 0 0 0 0 0 0]"))
        #expect(trial.text.contains("training digit 2"))
        trial.perform([.open, .data(.what), .move(.right), .open])
        #expect(trial.own.form == .both && trial.own.what == .samples && trial.own.browser.filter.label == 1)
    }

    @Test("Arrows move by an image or by a line, and stay among the images")
    func moves() {
        let trial = trial()
        trial.perform([.move(.left), .move(.up)])
        #expect(trial.own.browser.cursor == 0)
        trial.perform(.move(.right))
        #expect(trial.own.browser.cursor == 1)
        trial.perform([.toEnd, .move(.right), .move(.down)])
        #expect(trial.own.browser.cursor == 125)
        trial.perform([.page(-1), .toStart, .page(1)])
        #expect(trial.own.browser.cursor > 0)
    }

    @Test("More images at once are smaller ones, down to the smallest that show something")
    func more() {
        let trial = trial()
        func captions() -> Int { trial.text.matches(of: /[▸ ]\d  \d/).count }
        let six = captions()
        trial.perform(.data(.more(1)))
        #expect(captions() > six)
        trial.perform(Array(repeating: .data(.more(-1)), count: 3))
        #expect(captions() < six && captions() >= 1)
    }

    @Test("A click selects, a second one opens, and a click on a class shows its images")
    func mouse() throws {
        let trial = trial()
        let grid = PictureProbe.second(trial)
        _ = trial.mouse(.press, grid.x, grid.y)
        #expect(trial.own.browser.cursor == 1)
        _ = trial.mouse(.scrollDown, grid.x, grid.y)
        #expect(trial.own.browser.cursor > 1)
        _ = trial.mouse(.scrollUp, grid.x, grid.y)
        _ = trial.mouse(.press, grid.x, grid.y)
        #expect(trial.own.form == .large)
    }

    @Test("Before the data is there, and while it is looked at, the screen says so")
    func waiting() {
        let loading = trial(Sample.state(width: 80, height: 24).shared)
        #expect(loading.text.contains("loading the data set") && loading.disabled(.data(.part)) != nil)
        let unknown = trial(Sample.ready(width: 80, height: 24).shared)
        #expect(unknown.text.contains("looking at all images"))
        unknown.perform([.data(.order), .data(.order)])
        #expect(unknown.own.browser.rows.isEmpty)
    }

    @Test("What is to be known stands below the images, and in full in its panel")
    func warnings() {
        let trial = trial()
        #expect(
            trial.own.warnings == [.seenImages(14, .heldOut), .seenImages(40, .test)])
        #expect(trial.text.contains("14 rows are held out and trained on, too: the validation"))
        for _ in 0..<4 { trial.perform(.data(.detail)) }
        #expect(trial.own.detail == .warnings && trial.text.contains("40 test images"))
    }

    @Test("The survey is asked for once, where the view is open, and forgotten with its data")
    func survey() {
        var state = Sample.ready(width: 80, height: 24)
        #expect(Sample.press(&state, "2").isEmpty)
        #expect(Sample.press(&state, "8") == [.survey(Sample.data)])
        #expect(Sample.press(&state, "n").isEmpty && state.awaitsSurvey)
        guard let survey = Sample.survey else { return }
        _ = update(&state, .surveyed(survey))
        #expect(state.shared.survey == .ready(survey) && !state.awaitsSurvey)
        let other = Sample.rings(classNames: nil)
        #expect(update(&state, .dataLoaded(other)) == [.survey(other)])
        // What is found of data that is gone is not taken.
        _ = update(&state, .surveyed(survey))
        #expect(state.shared.survey == .underWay(other))
    }

    @Test("At 80 columns each image has its number beside its name, which is cut at need")
    func longNames() {
        let names = "abcdefghij".map { "\($0) long name" }
        let text = render(Sample.surveyed(data: Sample.rings(classNames: names))).text
        #expect(text.matches(of: /[a-j] l[a-z ]+ \d+\s/).count >= 6, "\(text)")
    }

    @Test("Images are shown as they are fed: each press another epoch's, by the composer's settings, and Esc as stored")
    func fed() throws {
        let trial = self.trial()
        let stored = trial.drawn
        #expect(
            trial.disabled(.data(.fed)) == "images are fed as they are: augment, deslant and width in 1 change them")
        func compose(_ settings: String) throws {
            trial.shared.composer = ComposerState(spec: try trial.shared.composer.spec.replacing(settings: settings))
            trial.own.refresh(trial.shared)
        }
        try compose("augment=elastic epochs=2")
        #expect(trial.disabled(.data(.fed)) == nil && trial.drawn == stored)
        trial.perform(.data(.fed))
        let first = trial.drawn
        #expect(first.text.contains("as fed in epoch 1") && trial.shared.fedEpoch == 0)
        trial.perform(.data(.fed))
        #expect(trial.text.contains("as fed in epoch 2"))
        let train = try #require(trial.shared.data.loaded).dataset.train
        let images = trial.own.browser.rows.prefix(6).map { row in
            [0, 1].map { epoch in
                train.asFed(Int(row.row), trial.shared.composer.spec.training, epoch: epoch)
            }
        }
        #expect(images.contains { $0[0] != $0[1] })
        trial.perform(.data(.fed))
        #expect(trial.drawn == first, "after the last epoch the first")
        try compose("rotate=180 bend=3")
        #expect(trial.drawn != first && trial.text.contains("as fed in epoch 1"), "at once as the composer has it")
        #expect(trial.back() && trial.shared.fedEpoch == nil && trial.drawn == stored)
        // Rows that are not trained on are only brought into form.
        trial.perform(.data(.part))
        #expect(trial.disabled(.data(.fed)) == "only rows to train on are distorted: v shows them")
        let heldOut = trial.drawn
        try compose("deslant=true width=10")
        #expect(trial.disabled(.data(.fed)) == nil)
        trial.perform(.data(.fed))
        #expect(trial.text.contains("as fed") && !trial.text.contains("as fed in epoch") && trial.drawn != heldOut)
        trial.perform(.data(.fed))
        #expect(trial.drawn == heldOut)
    }
}

/// Places of pictures, as they are drawn.
enum PictureProbe {
    /// A cell of the second caption of the first line.
    static func second(_ trial: ScreenTrial<DataScreen>) -> (x: Int, y: Int) {
        for (y, line) in trial.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let first = line.firstMatch(of: /▸\d  \d+/),
                let next = line[first.range.upperBound...].firstMatch(of: /\d  \d+/)
            else { continue }
            return (line.distance(from: line.startIndex, to: next.range.lowerBound), y)
        }
        return (0, 0)
    }
}
