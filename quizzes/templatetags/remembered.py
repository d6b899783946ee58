"""Parts of a page that many people are shown alike, rendered once."""

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.translation import get_language

from learn.models.memory import Memory

register = Library()
MOST_REMEMBERED = 500


class RememberedNode(Node):
    """What stands between the tags, by the values it was rendered with."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.memory: Memory[tuple[object, ...], str] = Memory(MOST_REMEMBERED)

    def render(self, context: Context) -> str:
        """Return the part, out of memory if it was rendered with these values before."""
        key = (get_language(), *(value.resolve(context) for value in self.values))
        text = self.memory.get(key)
        if text is None:
            text = str(self.nodelist.render(context))
            self.memory.keep(key, text)
        return text


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """Keep the part up to ``endremembered``: ``{% remembered choice question.version %}``.

    Besides the language, the values named are all that the part may depend on; they must not
    change once they are made. Raises ``TemplateSyntaxError`` where none is named.
    """
    _name, *words = token.split_contents()
    if not words:
        raise TemplateSyntaxError(token.contents)
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, [parser.compile_filter(word) for word in words])
