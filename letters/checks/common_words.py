"""Words that stand in letters and in notes alike, and so give nothing away by themselves."""

from __future__ import annotations

_ENGLISH = """
a about above after again against all along already also although always am among an and another any anybody
anyone anything are around as at away back be because been before began begin being below between both but
by call called came can cannot come coming could day days did do does doing done down during each either
else even ever every everybody everyone everything few first five for found four from get given go goes
going gone good had has have having he help her here hers herself him himself his how however i if important
in inside instead into is it its itself just keep kept knew know last later least left less letter like
little long look made make many may me might mine month months more most much must my myself near need needs
neither never new next nobody no none nor not nothing now of off often on once one only open or other others
our ours out outside over own people perhaps person place please possible put rather really said same saw
say says see seem seen several shall she should since six so some somebody someone something sometimes soon
still such take taken tell than thank thanks that the their theirs them themselves then there therefore
these they thing things think this those though thought three through till time times to today together told
too took toward towards two under until up upon us used using usual usually very want wants was way we week
weeks well went were what whatever when where whether which while who whole whom whose why will with within
without work would write written year years yes yet you your yours yourself appointment appointments care
client clients contact counseling counselor family file group history letters meeting mentioned office
patient practice problem problems program record records regarding related relationship service services
session sessions support supports therapist therapy treatment address answer answered call calls email mail
message phone reply telephone text voicemail january february march april june july august september october
november december monday tuesday wednesday thursday friday saturday sunday acute chronic current episode
full initial mild moderate na partial past primary provisional recurrent remission ruled secondary severe
single unknown unspecified
"""
_SPANISH = """
ademas ahora algo alguien algun alguna algunos ante antes aqui asi aun aunque cada casi como con contra cual
cuando cuanto de del desde despues donde dos durante el ella ellas ellos en entonces entre era es esa ese
eso esta estaba estado estan estar este esto estos fue ha habia hacer hacia han hasta hay la las le les lo
los mas me mejor menos mi mientras mismo mucho muchos muy nada nadie ni ningun ninguna ninguno no nos
nosotros nuestra nuestro nunca o otra otras otro otros para pero persona poco por porque pueda puede pues
que quien quiere se sea segun ser si siempre sido sin sobre solamente solo son su sus tambien tampoco tan
tanto te tener tiempo tiene toda todas todavia todo todos tras tu un una uno unos usted ustedes veces y ya
cita citas cliente consulta familia grupo paciente sesion sesiones terapia tratamiento carta correo
direccion llamada llamar mensaje telefono enero febrero marzo abril mayo junio julio agosto septiembre
octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo
"""
COMMON = frozenset((_ENGLISH + _SPANISH).split())
# Words whose capitals are abbreviations as well; in small letters they are only words.
_WORDS_TOO = """
act add aid aids all ante app are arm art ask bad bag bed bet big bit bug bus cab can cap car cat cop cup cut
dad dam day den did die dim dip dot due ear eat ed end era eye fan far fat fed fit fix fun gap gas gel gene
get had hat her hit hot ice ill jet job joy key kid lab lap law lay leg let lie lip lot low mad man map mat
may mid mob mom net new nod nor nut odd oil old one our out pad pan par pat pay pen per pet pin pit pop pot
put rad ran rap raw rib rid rip rod row run sad sat saw sea set sit six ski sky son spa sum sun tab tap tar
tax tea ten tie tip ton top toy try van vet via war web wet win yet zip mal mar paz pie red rio sal sin sol
tio uno ver vez voz dia fin gas hoy ley luz mes ojo pan
am pm pt st rd dr ct ln pl sq ne nw se sw mr mx co pa ma hi ha oh ok id tv uk eu re vs cc ps na no ad
arms beds care dare dies hope mild past plan rest safe stop talk team test walk
"""
SHORT = frozenset(_WORDS_TOO.split())
