// Our pages draw their widget themselves: no view of a widget is ever made, and so nothing is laid out in panels.
export class Widget {}
export class Panel extends Widget {}
