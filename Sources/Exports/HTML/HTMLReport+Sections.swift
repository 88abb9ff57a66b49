import Markup
import Reports
import Specs
import Training

/// The sections of the page.
extension HTMLReport {
    var header: String {
        let count = FigureText.grouped(test.count)
        let facts = [
            ("accuracy", FigureText.perCent(test.accuracy)),
            ("errors of \(count)", FigureText.grouped(test.errors)),
            ("loss", figure(figures.loss)), ("macro F1", figure(figures.f1Macro)),
            ("ROC AUC", figure(figures.rocAUCMacro)),
            ("parameters", FigureText.grouped(spec.network.parameterCount)),
        ]
        let tiles = facts.map { "<div><dt>\(MarkupText.escaped($0.0))</dt><dd>\(MarkupText.escaped($0.1))</dd></div>" }
        return """
            <header>
            <p class="eyebrow">Trainspotter report</p>
            <h1>\(MarkupText.escaped(name))</h1>
            <p class="spec"><code>\(HTMLText.unbroken("\(line)"))</code></p>
            \(words)
            <dl class="tiles">
            \(tiles.joined(separator: "\n"))
            </dl>
            <p class="muted">On the \(count) test images of \(MarkupText.escaped(dataset.name)), which took no part in \
            training. Macro figures are plain means over the classes.</p>
            </header>
            """
    }

    /// The user's tags and note.
    private var words: String {
        let tags = annotations.tags.map { "<li>\(MarkupText.escaped($0))</li>" }.joined()
        let note = annotations.note.isEmpty ? "" : "<p class=\"note\">\(MarkupText.escaped(annotations.note))</p>"
        return (tags.isEmpty ? "" : "<ul class=\"tags\" aria-label=\"tags\">\(tags)</ul>\n") + note
    }

    private func figure(_ value: Double?) -> String { value.map { FigureText.fixed($0, 4) } ?? "none" }

    var confusion: String {
        let confusion = HTMLConfusion(confusion: test.confusion, names: dataset.classNames)
        return """
            <div class="split">
            \(confusion.table)
            <div>
            <h3>Most often mistaken</h3>
            \(confusion.pairs)
            </div>
            </div>
            """
    }

    var classes: String { classTable + classRows }

    /// The figures of each class.
    var classTable: String {
        let rows = figures.perClass.map { figures in
            [
                dataset.classNames[figures.label], FigureText.fixed(figures.precision, 4),
                FigureText.fixed(figures.recall, 4), FigureText.fixed(figures.f1, 4), figure(figures.rocAUC),
                FigureText.grouped(figures.support),
            ]
        }
        let macro = [
            "macro mean", FigureText.fixed(figures.precisionMacro, 4), FigureText.fixed(figures.recallMacro, 4),
            FigureText.fixed(figures.f1Macro, 4), figure(figures.rocAUCMacro), FigureText.grouped(test.count),
        ]
        return HTMLText.table(
            class: "figures last-is-sum", caption: "Figures of each class, in scikit-learn's sense of them.",
            columns: ["class", "precision", "recall", "F1", "ROC AUC", "images"], rows: rows + [macro])
    }

    /// Which images validate, as a sentence.
    private var heldOutWords: String {
        guard spec.training.validation > 0 else { return "All training images are trained on." }
        return switch spec.training.split {
        case .last: "Those to validate are the last of the training images."
        case .shuffled: "Those to validate were drawn from the training images by chance."
        case .stratified: "Those to validate were drawn by chance, of each class its share."
        }
    }

    /// How many images of each class there are; empty where the run was trained on others than those at hand.
    private var classRows: String {
        guard let split = try? Trainer.split(spec, dataset) else { return "" }
        let data = RunReport.Data(dataset, split)
        guard let classes = data.classes,
            report.map({ ($0.dataset.train, $0.dataset.validation) == (data.train, data.validation) }) ?? true
        else { return "" }
        let counts = classes.map { [$0.name] + [$0.train, $0.validation, $0.test].map(FigureText.grouped) }
        let all = ["all"] + [data.train, data.validation, data.test].map(FigureText.grouped)
        return "\n"
            + HTMLText.table(
                class: "figures last-is-sum", caption: "Images of each class. \(heldOutWords)",
                columns: ["class", "to train on", "to validate", "to test"], rows: counts + [all])
    }

    var worst: String {
        let mistakes = Mistake.worst(of: test, count: Self.mistakes)
        guard !mistakes.isEmpty else { return "<p>It makes no mistake on the test set.</p>" }
        let shown = HTMLMistakes(mistakes: mistakes, images: dataset.test, names: dataset.classNames)
        return """
            <p>\(mistakes.count) of \(FigureText.grouped(test.errors)) mistakes: those whose true class gets the least \
            probability. Some of these images may well be labelled wrongly.</p>
            \(shown.html)
            """
    }

    var network: String {
        let summary = NetworkSummary(spec.network)
        let rows = summary.layers.map { layer in
            [layer.kind, FigureText.grouped(layer.width), FigureText.grouped(layer.trainable + layer.kept)]
        }
        let total = ["total", "", FigureText.grouped(summary.trainable + summary.kept)]
        let kept =
            summary.kept == 0
            ? "" : " \(FigureText.grouped(summary.kept)) of them are moving means and variances, which are not trained."
        return HTMLText.table(
            class: "figures last-is-sum", caption: "Layers from the pixels to the probabilities.\(kept)",
            columns: ["layer", "values an image", "parameters"], rows: rows + [total])
    }

    /// The run's line; without a store its live changes are not known.
    private var line: RunLine { annotations.line ?? RunLine(spec: spec) }

    /// What the line repeats, and what is needed for that.
    private var promise: String {
        if let fault = annotations.lineFault { return "This line does not repeat the run: \(fault)." }
        func named(_ what: String, _ value: String?) -> String { value.map { "\(what) (\($0))" } ?? what }
        let origin = line.origin ?? LineOrigin()
        let needs = [
            named("the same images", origin.digest.map { "SHA-256 \($0)…" }), named("kernels", origin.kernels),
            named("OpenBLAS", origin.blas.map { "for \($0)" }),
        ]
        return "The same line trains the same network to the same bits, on any number of threads, given "
            + needs.joined(separator: ", ") + " and \(named("version of the program", origin.program))."
    }

    var repetition: String {
        let command = RepeatCommand(line: line, place: dataset.place).text
        var facts = [("program", "Trainspotter \(ProgramVersion.current)"), ("data set", dataset.name)]
        if let data = report?.dataset {
            facts.append(
                (
                    "images",
                    "\(FigureText.grouped(data.train)) to train on, \(FigureText.grouped(data.validation)) to validate, "
                        + "\(FigureText.grouped(data.test)) to test"
                ))
        }
        facts.append(("seed", "\(spec.training.seed)"))
        if let report {
            let seconds = report.epochs.reduce(0) { $0 + $1.seconds }
            facts.append(
                (
                    "training time",
                    "\(FigureText.fixed(seconds, 2)) s in \(report.epochs.count) epochs, threads: \(report.threads)"
                ))
        }
        let list = facts.map { "<div><dt>\($0.0)</dt><dd>\(MarkupText.escaped($0.1))</dd></div>" }
        return """
            <pre><code>\(HTMLText.unbroken(command))</code></pre>
            <p>\(MarkupText.escaped(promise))</p>
            <dl class="facts">
            \(list.joined(separator: "\n"))
            </dl>
            """
    }
}
