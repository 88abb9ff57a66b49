import Datasets
import Markup
import Networks
import Reports
import Specs
import Training

/// A run as one HTML page: its spec, its curves, its confusion matrix, and the command that repeats it.
///
/// The page contains all that it shows, and needs no network and no script. It follows the reader's choice of light or
/// dark, and can be printed.
package struct HTMLReport {
    /// The run's name, or its folder's.
    package let name: String
    /// The store's data of the run: the user's words, and the confusion matrix of every epoch.
    package let annotations: RunAnnotations
    /// Layers and settings.
    package let spec: ExperimentSpec
    /// Figures of every epoch; nil where only the weights were saved. Then the page has no curves, and says so.
    package let report: RunReport?
    /// The evaluation of the test set.
    package let test: Evaluation
    /// The data set whose images are shown.
    package let dataset: Dataset
    let figures: TestReport

    /// The greatest number of shown mistakes.
    static let mistakes = 24

    /// - Parameters:
    ///   - test: the evaluation of all test images of the data set.
    ///   - dataset: the one that `test` is of.
    package init(
        name: String, annotations: RunAnnotations = RunAnnotations(), spec: ExperimentSpec, report: RunReport?,
        test: Evaluation, dataset: Dataset
    ) {
        precondition(test.count == dataset.test.count, "the evaluation must be of the whole test set")
        self.name = name
        self.annotations = annotations
        self.spec = spec
        self.report = report
        self.test = test
        self.dataset = dataset
        figures = TestReport(ClassificationMetrics(test))
    }

    /// The whole page.
    package var text: String { HTMLText.bindingPerCents(page) }

    private var page: String {
        Self.page(
            title: "\(name): \(FigureText.perCent(test.accuracy)) on \(dataset.name)",
            """
            \(header)
            \(Self.section("Training", id: "training", training))
            \(Self.section("What is predicted as what", id: "confusion", confusion))
            \(evolution.map { Self.section("How it came to that", id: "evolution", $0) } ?? "")
            \(Self.section("Class by class", id: "classes", classes))
            \(Self.section("The most wrong", id: "mistakes", worst))
            \(Self.section("Network", id: "network", network))
            \(Self.section("How to repeat it", id: "repeat", repetition))
            """)
    }

    /// A page around its sections.
    ///
    /// - Parameters:
    ///   - title: in plain text.
    ///   - style: CSS of the page's own, behind that of all pages.
    static func page(title: String, style: String? = nil, _ contents: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Trainspotter \(ProgramVersion.current)">
        <title>\(MarkupText.escaped(title))</title>
        <style>
        \(HTMLStyle.text)\(style.map { "\n" + $0 } ?? "")
        </style>
        </head>
        <body>
        <main>
        \(contents)
        </main>
        <footer>Made by Trainspotter \(ProgramVersion.current).</footer>
        </body>
        </html>

        """
    }

    /// A part of a page under a heading.
    static func section(_ title: String, id: String, _ contents: String) -> String {
        """
        <section aria-labelledby="\(id)">
        <h2 id="\(id)">\(title)</h2>
        \(contents)
        </section>
        """
    }
}
